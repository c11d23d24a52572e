enum PlaceholderManifests {}
