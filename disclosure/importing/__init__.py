"""Import of items from files: sources → mapping → rows → bulk writer; `run` drives them, `report` tells what happened."""
