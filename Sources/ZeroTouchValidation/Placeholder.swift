enum PlaceholderValidation {}
