"""What every page is made of: the shell, forms, parts, paging and doors."""
