"""What the pages of reports and packs show."""
