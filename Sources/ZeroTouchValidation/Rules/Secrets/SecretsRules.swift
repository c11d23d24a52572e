extension RuleFamily {
  /// What should be nobody's to read, and the way from where it is kept to whoever needs it.
  static let secrets = RuleFamily(
    "ZT4", "Secrets",
    [
      .plainSecret, .privateKeyInClear, .tokenInClear, .passwordInAddress, .passwordInValues,
      .placeholderUnderSelfHeal, .keyBesideItsCipher, .clientCredentialsInClear, .sopsNotEncrypted, .sopsPartly,
      .sopsNotCovered, .sopsRecipients, .storeMissing, .externalSecretsVersion, .storeCredentialsWithoutNamespace,
      .sessionTokenKeyEmpty, .storeReadsItself, .keyNotProduced, .templateFieldUnknown, .parameterNameMalformed,
      .pullSecretNeverMade, .repositoryLabelUnknown, .typeWithoutItsKey, .twoWriters,
      .secretNameDrifted, .parameterNotWritten, .parameterNotRead, .injectedAndMade,
    ])
}
