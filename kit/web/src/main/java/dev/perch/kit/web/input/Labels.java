package dev.perch.kit.web.input;

import java.util.regex.Pattern;

/** Kubernetes' syntax of labels, so that a label of a host can be a label of its node. */
public final class Labels {
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?");

  static final String KEY_REMEDY =
      "Use up to 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit;"
          + " a DNS name and a slash may come before it.";
  static final String VALUE_REMEDY =
      "Use nothing, or up to 63 letters, digits, '-', '_' or '.', beginning and ending with a"
          + " letter or digit.";

  private Labels() {}

  public static boolean isKey(String key) {
    int slash = key.indexOf('/');
    return slash < 0
        ? NAME.matcher(key).matches()
        : Rules.isDnsName(key.substring(0, slash))
            && NAME.matcher(key.substring(slash + 1)).matches();
  }

  public static boolean isValue(String value) {
    return value.isEmpty() || NAME.matcher(value).matches();
  }
}
