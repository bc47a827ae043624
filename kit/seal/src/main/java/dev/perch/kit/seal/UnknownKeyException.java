package dev.perch.kit.seal;

/** A secret was sealed under a key-encryption key that the file does not have. */
public final class UnknownKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownKeyException(int version) {
    super("key-encryption key " + version + " is not in the key file");
  }
}
