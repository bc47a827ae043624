package dev.perch.certmon.issue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x509.Time;

/** Times of certificates, in whole seconds (RFC 5280 §4.1.2.5). */
final class AsnTime {
  private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'");
  private static final DateTimeFormatter SHORT = DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'");
  private static final DateTimeFormatter ADJUSTED =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'GMT+00:00'").withZone(ZoneOffset.UTC);
  private static final int FIRST_LONG_YEAR = 2050;

  private AsnTime() {}

  static Time of(Instant instant) {
    var utc = instant.atOffset(ZoneOffset.UTC);
    return Time.getInstance(
        utc.getYear() < FIRST_LONG_YEAR
            ? new DERUTCTime(SHORT.format(utc))
            : new DERGeneralizedTime(LONG.format(utc)));
  }

  static Instant toInstant(Time time) {
    String text =
        switch (time.toASN1Primitive()) {
          case ASN1UTCTime utc -> utc.getAdjustedTime();
          case ASN1GeneralizedTime generalized -> generalized.getTime();
          default -> throw new IllegalArgumentException("not a time");
        };
    return Instant.from(ADJUSTED.parse(text));
  }
}
