package dev.perch.certmon.issue;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an issuance has come: plain data, kept by the caller between any two steps.
 *
 * <pre>
 *              ┌────────── self-signed, authority, CSR API ──────────┐
 *   Requested ─┴─► Ordered ─► Challenged ─► Triggered ─► Finalizing ─┴─► Issued
 *       ▲             │  └────── all proven before ──────────▲
 *       └─────────────┴── the order is gone, or was refused ─┘
 * </pre>
 *
 * <p>The CSR must stay the same from {@link Ordered} on. From {@link Finalizing} on there may be a
 * certificate: its key must not be lost.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Issuance.Requested.class, name = "requested"),
  @JsonSubTypes.Type(value = Issuance.Ordered.class, name = "ordered"),
  @JsonSubTypes.Type(value = Issuance.Challenged.class, name = "challenged"),
  @JsonSubTypes.Type(value = Issuance.Triggered.class, name = "triggered"),
  @JsonSubTypes.Type(value = Issuance.Finalizing.class, name = "finalizing"),
  @JsonSubTypes.Type(value = Issuance.Issued.class, name = "issued")
})
public sealed interface Issuance {

  /** A step of an ACME order. */
  sealed interface OfOrder extends Issuance {
    /** The account that owns the order. */
    URI account();

    URI order();
  }

  /** Nothing has been asked of the authority. */
  record Requested() implements Issuance {}

  /** The authority has an order of ours. */
  record Ordered(URI account, URI order) implements OfOrder {}

  /**
   * It is decided how to prove each name. From here on the answers may be asked for.
   *
   * @param polls how often it was looked whether the answers can be seen
   */
  record Challenged(URI account, URI order, List<Challenge> challenges, int polls)
      implements OfOrder {
    public Challenged {
      challenges = List.copyOf(challenges);
    }
  }

  /**
   * The authority was told to look.
   *
   * @param polls how often it was asked what it found
   */
  record Triggered(URI account, URI order, List<Challenge> challenges, int polls)
      implements OfOrder {
    public Triggered {
      challenges = List.copyOf(challenges);
    }
  }

  /**
   * The authority was given the CSR.
   *
   * @param polls how often it was asked for the certificate
   */
  record Finalizing(URI account, URI order, int polls) implements OfOrder {}

  /**
   * There is a certificate; whether it is the one that was asked for says {@link Acceptance}.
   *
   * @param certificate where the authority keeps it; null if it does not
   */
  record Issued(Chain chain, @Nullable URI certificate) implements Issuance {}
}
