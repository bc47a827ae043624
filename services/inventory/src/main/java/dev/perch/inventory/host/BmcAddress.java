package dev.perch.inventory.host;

import dev.perch.contract.inventory.Host;
import dev.perch.kit.web.input.Rule;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Where a management controller may be said to answer. */
final class BmcAddress {
  private static final Pattern NAME_OR_IP =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[?[0-9A-Fa-f:.]{2,45}\\]?");

  private static final String REMEDY =
      "Use https://host[:port][/path], a host name or an IP address, without user name or"
          + " password.";

  private BmcAddress() {}

  /** Credentials are refused and never shown: they are kept sealed, apart from the address. */
  static Rule<Host.Bmc> rule() {
    return (node, at) -> {
      String text = node.isTextual() ? node.textValue() : "";
      if (text.contains("@")) {
        at.refuse("bmc.credentials", null, REMEDY);
        return null;
      }
      if (text.length() > 300 || !(isHttps(text) || NAME_OR_IP.matcher(text).matches())) {
        at.refuse("value.syntax", node, REMEDY);
        return null;
      }
      return new Host.Bmc(text);
    };
  }

  private static boolean isHttps(String text) {
    try {
      var uri = new URI(text);
      return "https".equals(uri.getScheme())
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
