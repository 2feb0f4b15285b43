"""The production server: uvicorn, with workers that share what is loaded once."""
