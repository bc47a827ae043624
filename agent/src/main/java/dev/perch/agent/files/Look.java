package dev.perch.agent.files;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.perch.contract.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** What was found where a certificate is to be shown. */
sealed interface Look {

  /** As it is in the read-back. */
  ObjectNode seen();

  /** What was found, for people. */
  String message();

  /**
   * A certificate.
   *
   * @param server that shows it
   * @param sha256 of its DER
   * @param at since when it is known to be shown
   * @param wanted whether it is the right one
   */
  record Shown(String server, String sha256, Instant notAfter, Instant at, boolean wanted)
      implements Look {
    private static final int SHORT = 16;

    @Override
    public ObjectNode seen() {
      return Json.MAPPER
          .createObjectNode()
          .put("sha256", sha256)
          .put("notAfter", DateTimeFormatter.ISO_INSTANT.format(notAfter))
          .put("at", DateTimeFormatter.ISO_INSTANT.format(at));
    }

    @Override
    public String message() {
      return "%s shows %s certificate, %s…, good until %s"
          .formatted(server, wanted ? "the" : "another", sha256.substring(0, SHORT), notAfter);
    }
  }

  /**
   * None.
   *
   * @param failure why not, for people
   */
  record Hidden(String server, String failure) implements Look {

    @Override
    public ObjectNode seen() {
      return Json.MAPPER.createObjectNode().put("failure", failure);
    }

    @Override
    public String message() {
      return server + " shows no certificate: " + failure;
    }
  }
}
