"""Walk every operation of the OpenAPI document as everybody, and reach every answer it names."""
