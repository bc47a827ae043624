package dev.perch.certmon.kubernetes;

import java.util.regex.Pattern;

/** The place of a Secret in its cluster. */
public record SecretName(String namespace, String name) implements Comparable<SecretName> {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern SUBDOMAIN =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  /**
   * @throws IllegalArgumentException if Kubernetes would take neither for a name (RFC 1123)
   */
  public SecretName {
    if (!LABEL.matcher(namespace).matches()) {
      throw new IllegalArgumentException("not the name of a namespace: " + namespace);
    }
    if (name.length() > 253 || !SUBDOMAIN.matcher(name).matches()) {
      throw new IllegalArgumentException("not the name of a Secret: " + name);
    }
  }

  String path() {
    return path(namespace) + "/" + name;
  }

  static String path(String namespace) {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  @Override
  public int compareTo(SecretName other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
