package dev.perch.certmon.kubernetes;

/**
 * What a watch sees of a Secret: that it is there, and its version. Its content is not in it; where
 * the version is not the one that was last seen, {@link SecretPublisher#inspect} looks at it.
 *
 * @param certificate what it says it holds
 * @param terminating it is deleted, and finalizers keep it
 */
public record WatchedSecret(
    SecretName name, String uid, String resourceVersion, String certificate, boolean terminating) {}
