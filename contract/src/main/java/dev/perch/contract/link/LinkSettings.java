package dev.perch.contract.link;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * How an agent reaches Perch: given at enrolment, and later the spec of the aspect {@code link}. An
 * agent keeps the settings it has until a connection with the new ones has got a {@code welcome}.
 *
 * @param server the name in every proof; it never changes
 * @param endpoints {@code https://host:port}, tried in this order
 * @param pins see {@link Pins}
 */
public record LinkSettings(String server, List<URI> endpoints, Set<String> pins) {

  /** The aspect and the driver of these settings. */
  public static final String ASPECT = "link";

  public LinkSettings {
    endpoints = List.copyOf(endpoints);
    pins = Set.copyOf(pins);
  }
}
