package dev.perch.contract;

import java.util.List;
import java.util.stream.Stream;

/** Every topic of Perch, and which service writes it. */
public final class Catalogue {

  public static final Aggregate SITES =
      new Aggregate(
          "inventory",
          "site",
          Topic.state("perch.inventory.sites"),
          Topic.log("perch.inventory.site-changes"));

  public static final Aggregate HOSTS =
      new Aggregate(
          "inventory",
          "host",
          Topic.state("perch.inventory.hosts"),
          Topic.log("perch.inventory.host-changes"));

  /** Named selections of hosts. */
  public static final Aggregate GROUPS =
      new Aggregate(
          "inventory",
          "group",
          Topic.state("perch.inventory.groups"),
          Topic.log("perch.inventory.group-changes"));

  /** What hosts are cabled to, site by site; keys are the sites' ids. */
  public static final Aggregate TOPOLOGIES =
      new Aggregate(
          "inventory",
          "topology",
          Topic.state("perch.inventory.topologies"),
          Topic.log("perch.inventory.topology-changes"));

  /** What hosts say about themselves; keys are {@code hostId/facet}. */
  public static final Aggregate HOST_FACETS =
      new Aggregate(
          "inventory",
          "host-facet",
          Topic.state("perch.inventory.host-facets"),
          Topic.log("perch.inventory.host-facet-changes"));

  /** What became of the documents on hosts; keys are {@code hostId/aspect}. */
  public static final Aggregate HOST_OBSERVATIONS =
      new Aggregate(
          "inventory",
          "host-observation",
          Topic.state("perch.inventory.host-observed"),
          Topic.log("perch.inventory.host-observed-changes"));

  /** Who signs certificates. */
  public static final Aggregate ISSUERS =
      new Aggregate(
          "certmon",
          "issuer",
          Topic.state("perch.certmon.issuers"),
          Topic.log("perch.certmon.issuer-changes"));

  /** Kubernetes clusters that certificates are published to. */
  public static final Aggregate CLUSTERS =
      new Aggregate(
          "certmon",
          "cluster",
          Topic.state("perch.certmon.clusters"),
          Topic.log("perch.certmon.cluster-changes"));

  /** Certificates that are kept valid. */
  public static final Aggregate CERTIFICATES =
      new Aggregate(
          "certmon",
          "certificate",
          Topic.state("perch.certmon.certificates"),
          Topic.log("perch.certmon.certificate-changes"));

  /** Which hosts get certificates. */
  public static final Aggregate RULES =
      new Aggregate(
          "certmon",
          "rule",
          Topic.state("perch.certmon.rules"),
          Topic.log("perch.certmon.rule-changes"));

  /** Shared by all services; keys begin with the service: {@code inventory/<alarm>/<entity>}. */
  public static final Aggregate ALARMS =
      new Aggregate("platform", "alarm", Topic.state("perch.alarms"), Topic.log("perch.alarm-log"));

  /** The services that may put documents on hosts. */
  public static final List<String> SERVICES =
      List.of("inventory", "certmon", "backup", "auth", "runtime-config", "tsn");

  private Catalogue() {}

  /** The long work of one service: every service says the same of it, on topics of its own. */
  public static Aggregate operations(String service) {
    return new Aggregate(
        "platform",
        "operation",
        Topic.state("perch." + service + ".operations"),
        Topic.log("perch." + service + ".operation-changes"));
  }

  /**
   * What a service wants on hosts: one document per host and aspect, key {@code hostId/aspect}.
   * Inventory carries them to the agents.
   */
  public static Topic hostDesired(String service) {
    return Topic.state("perch." + service + ".host-desired");
  }

  /** Aggregates, in the order the documents list them. */
  public static List<Aggregate> aggregates() {
    return List.of(
        SITES,
        HOSTS,
        GROUPS,
        HOST_FACETS,
        TOPOLOGIES,
        HOST_OBSERVATIONS,
        operations("inventory"),
        ISSUERS,
        CLUSTERS,
        CERTIFICATES,
        RULES,
        operations("certmon"),
        ALARMS);
  }

  /** What can happen to an aggregate: the words before the version in its log's event types. */
  public static List<String> changes(Aggregate aggregate) {
    return aggregate.equals(ALARMS)
        ? List.of("raised", "changed", "cleared", "acknowledged")
        : List.of("created", "changed", "deleted");
  }

  /** Every topic that Perch's services write, dead letters aside. */
  public static List<Topic> topics() {
    return Stream.concat(
            aggregates().stream().flatMap(a -> Stream.of(a.state(), a.log())),
            SERVICES.stream().map(Catalogue::hostDesired))
        .toList();
  }
}
