"""What the catalogues of other packages leave untranslated."""
