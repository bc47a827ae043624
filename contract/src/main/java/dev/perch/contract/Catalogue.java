package dev.perch.contract;

import java.util.List;

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

  /** Shared by all services; keys begin with the service: {@code inventory/<alarm>/<entity>}. */
  public static final Aggregate ALARMS =
      new Aggregate("platform", "alarm", Topic.state("perch.alarms"), Topic.log("perch.alarm-log"));

  /** The services that may put documents on hosts. */
  public static final List<String> SERVICES =
      List.of("inventory", "certmon", "backup", "auth", "runtime-config", "tsn");

  private Catalogue() {}

  /**
   * What a service wants on hosts: one document per host and aspect, key {@code hostId/aspect}.
   * Inventory carries them to the agents.
   */
  public static Topic hostDesired(String service) {
    return Topic.state("perch." + service + ".host-desired");
  }

  /** Aggregates, in the order the documents list them. */
  public static List<Aggregate> aggregates() {
    return List.of(SITES, HOSTS, ALARMS);
  }
}
