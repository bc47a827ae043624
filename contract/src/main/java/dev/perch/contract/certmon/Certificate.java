package dev.perch.contract.certmon;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.perch.contract.Resource;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that is kept valid: the REST resource and the value on {@code
 * perch.certmon.certificates}. Its private keys are never shown.
 *
 * @param id UUIDv7, never reused
 * @param siteId the site it is for, null if for none
 * @param ruleId the rule that wants it and says what is wanted; null if people do
 * @param name unique among those of its site
 * @param issuerId who signs it
 * @param commonName the subject; null for an empty one
 * @param names what it is for: {@code dns:h-1.edge.example}, {@code ip:192.0.2.7}, {@code
 *     uri:spiffe://edge/h-1}, {@code email:noc@edge.example}
 * @param usages extended key usages
 * @param life what is asked for; an issuer may give less
 * @param alarmBefore when its end raises an alarm; null for the service's setting
 * @param revokeOnDelete whether its valid revisions are revoked when it is deleted
 * @param targets where it is published: one folder of a host, or any number of Secrets; empty if
 *     Perch only keeps it
 * @param suspended not renewed until it is resumed
 * @param state observed
 * @param revision observed: the one that is used, once there is one
 * @param publications observed: how far it is at each of its targets
 * @param renewAt observed: when it will be renewed; absent when it will not
 * @param failure what is wrong, as long as it is
 * @param version gap-free, starts at 1
 */
public record Certificate(
    UUID id,
    @Nullable UUID siteId,
    @Nullable UUID ruleId,
    String name,
    Map<String, String> labels,
    UUID issuerId,
    @Nullable String commonName,
    List<String> names,
    List<Usage> usages,
    @JsonFormat(shape = JsonFormat.Shape.STRING) Duration life,
    KeyPolicy key,
    Renewal renewal,
    @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration alarmBefore,
    boolean revokeOnDelete,
    List<Target> targets,
    boolean suspended,
    @Nullable State state,
    @Nullable Revision revision,
    List<Publication> publications,
    @Nullable Instant renewAt,
    @Nullable Failure failure,
    long version,
    Instant createdAt,
    Instant updatedAt)
    implements Resource {

  public Certificate {
    labels = Map.copyOf(labels);
    names = List.copyOf(names);
    usages = List.copyOf(usages);
    // Whoever wrote it may be older than publishing is.
    targets = targets == null ? List.of() : List.copyOf(targets);
    publications = publications == null ? List.of() : List.copyOf(publications);
  }

  /** Extended key usages (RFC 5280 §4.2.1.12). */
  public enum Usage {
    SERVER,
    CLIENT
  }

  /** What can be relied on. */
  public enum State {
    /** None has been issued yet. */
    PENDING,
    READY,
    /** It has run out; it is still tried to renew it. */
    EXPIRED,
    /** It was revoked and is not renewed until that is asked for. */
    REVOKED
  }

  /**
   * How its keys come to be.
   *
   * @param every with {@code EVERY}: how many revisions one key serves
   */
  public record KeyPolicy(
      @Nullable KeyAlgorithm algorithm, @Nullable Rotation rotation, @Nullable Integer every) {}

  /** When a renewal makes a new key. */
  public enum Rotation {
    ALWAYS,
    NEVER,
    EVERY
  }

  /**
   * When it is renewed: so long before its end, after so much of its life, or after two thirds.
   *
   * @param percent of its life
   * @param windows when it may be renewed; empty for any time
   */
  public record Renewal(
      @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable Duration before,
      @Nullable Integer percent,
      List<Window> windows) {

    public Renewal {
      windows = List.copyOf(windows);
    }
  }

  /**
   * Times of a week.
   *
   * @param days on which it begins
   * @param from local time it begins: {@code 02:00}
   * @param length how long it is, at most a day
   * @param zone of the IANA time zone database
   */
  public record Window(
      List<DayOfWeek> days,
      String from,
      @JsonFormat(shape = JsonFormat.Shape.STRING) Duration length,
      String zone) {

    public Window {
      days = List.copyOf(days);
    }
  }

  /**
   * One certificate that was issued.
   *
   * @param number 1 for the first
   * @param serial in hexadecimal
   * @param sha256 of the certificate, in hexadecimal
   * @param spkiSha256 of its public key, in hexadecimal
   * @param issuer the issuer's distinguished name
   */
  public record Revision(
      int number,
      String serial,
      String sha256,
      String spkiSha256,
      String issuer,
      Instant notBefore,
      Instant notAfter) {}
}
