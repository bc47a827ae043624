package dev.perch.kit.served;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;

/**
 * A server's own certificate.
 *
 * @param sha256 of its DER, in lower-case hexadecimal digits
 * @param notAfter until when it is good
 */
public record Leaf(String sha256, Instant notAfter) {
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int VERSION = 0xa0;
  private static final int UTC_TIME = 0x17;
  private static final int GENERALIZED_TIME = 0x18;

  /** A UTCTime's year has two digits: 1950 to 2049 (RFC 5280 §4.1.2.5.1). */
  private static final DateTimeFormatter SHORT =
      new DateTimeFormatterBuilder()
          .appendValueReduced(ChronoField.YEAR, 2, 2, 1950)
          .appendPattern("MMddHHmmss'Z'")
          .toFormatter();

  private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");

  /**
   * @throws IOException if it is no certificate
   */
  static Leaf of(byte[] der) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(der);
      return new Leaf(HexFormat.of().formatHex(hash), notAfter(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5280 §4.1: version, serial number, signature, issuer, validity. */
  private static Instant notAfter(byte[] der) throws IOException {
    Ber certificate = Ber.of(der).enter(SEQUENCE).enter(SEQUENCE);
    if (certificate.tag() == VERSION) {
      certificate.skip(VERSION);
    }
    certificate.skip(INTEGER);
    certificate.skip(SEQUENCE);
    certificate.skip(SEQUENCE);
    Ber validity = certificate.enter(SEQUENCE);
    validity.skip(validity.tag());
    boolean utc = validity.tag() == UTC_TIME;
    byte[] text = validity.take(utc ? UTC_TIME : GENERALIZED_TIME);
    try {
      return LocalDateTime.parse(new String(text, StandardCharsets.US_ASCII), utc ? SHORT : LONG)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IOException("the certificate has no date", e);
    }
  }
}
