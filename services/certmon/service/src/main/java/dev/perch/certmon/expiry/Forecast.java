package dev.perch.certmon.expiry;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What runs out until an instant, in the order of their ends. */
record Forecast(Instant from, Instant to, List<Entry> items) {

  Forecast {
    items = List.copyOf(items);
  }

  /** Certificates, and the CAs of issuers. */
  enum Kind {
    CERTIFICATE,
    CA
  }

  /**
   * One that runs out.
   *
   * @param renewAt when it will be renewed before that; null if it will not
   */
  record Entry(
      Kind kind,
      UUID id,
      String name,
      @Nullable UUID siteId,
      Instant notAfter,
      @Nullable Instant renewAt) {}
}
