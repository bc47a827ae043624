package dev.perch.kit.embedded;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@link Postgres} is started with.
 *
 * @param data the data folder; created by {@code initdb} on the first start
 * @param port where it listens, on 127.0.0.1 and {@code addresses}
 * @param password the superuser's; set by {@code initdb}, so it belongs to the data folder
 * @param addresses further local addresses to listen on
 * @param parameters server parameters that override the defaults, {@code shared_buffers} and such
 */
public record PostgresSettings(
    Path data, int port, String password, List<String> addresses, Map<String, String> parameters) {

  /** The superuser's name. */
  public static final String SUPERUSER = "postgres";

  private static final SecureRandom RANDOM = new SecureRandom();

  public PostgresSettings {
    addresses = List.copyOf(addresses);
    parameters = Map.copyOf(parameters);
  }

  /** A server on a free port of 127.0.0.1. */
  public static PostgresSettings in(Path data, String password) {
    return in(data, password, Ports.free());
  }

  public static PostgresSettings in(Path data, String password, int port) {
    return new PostgresSettings(data, port, password, List.of(), Map.of());
  }

  /** A password of 192 random bits, in characters that need no quoting anywhere. */
  public static String newPassword() {
    byte[] bits = new byte[24];
    RANDOM.nextBytes(bits);
    return Base64.getUrlEncoder().encodeToString(bits);
  }

  /** Sets a server parameter. */
  public PostgresSettings with(String parameter, String value) {
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, value);
    return new PostgresSettings(data, port, password, addresses, more);
  }

  /** Listens on a further local address too, on the same port. */
  public PostgresSettings alsoOn(String address) {
    List<String> more = new ArrayList<>(addresses);
    more.add(address);
    return new PostgresSettings(data, port, password, more, parameters);
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "PostgresSettings[data=%s, port=%d, addresses=%s, parameters=%s]"
        .formatted(data, port, addresses, parameters);
  }
}
