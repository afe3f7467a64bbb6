"""Write the letters that accounts get."""
