package dev.perch.certmon;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How certificates are kept valid. */
@ConfigMapping(prefix = "perch.certmon")
public interface CertmonConfig {

  /**
   * Where clients reach this service without a token, for the revocation lists that certificates
   * name: {@code https://perch.example:8082}. Without it they name none.
   */
  Optional<URI> publicUrl();

  /**
   * The port on which this replica answers tls-alpn-01 (RFC 8737); 443 of every name that is proven
   * so must lead there. Without it, nobody listens.
   */
  OptionalInt tlsAlpnPort();

  /** The address of that port. */
  @WithDefault("0.0.0.0")
  String tlsAlpnHost();

  /** How many certificates one replica works on at a time. */
  @WithDefault("8")
  int parallelism();

  /** How often is looked for certificates that run out; no alarm is later than this. */
  @WithDefault("30S")
  Duration lookEvery();

  /** How long before its end a certificate raises an alarm, unless it says so itself. */
  @WithDefault("30D")
  Duration alarmBefore();

  /** How long before its end a CA raises an alarm. */
  @WithDefault("180D")
  Duration caAlarmBefore();

  /**
   * How long a host has to be gone, or not to match a rule any more, before its certificates are
   * revoked and deleted: what is lost on the way from inventory, or by a slip, may come back.
   */
  @WithDefault("1M")
  Duration hostGone();

  /**
   * How long a certificate may be not proven to be served where it is to be, before that is an
   * alarm.
   */
  @WithDefault("10M")
  Duration notServedAfter();

  /**
   * Networks, as {@code 10.0.0.0/8,2001:db8::/32}: where a target names an address to probe, it has
   * to be in one of them; a name is judged by the address it leads to. Without it all are probed
   * but this machine, link-local addresses (where clouds keep metadata) and groups; to probe one of
   * these, a network within them has to be named.
   */
  Optional<List<String>> probeNetworks();

  /** How many of its newest revisions a certificate keeps the keys of, to roll back to. */
  @WithDefault("5")
  int keptRevisions();
}
