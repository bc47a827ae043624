package dev.perch.inventory.life;

import dev.perch.contract.inventory.Host;
import dev.perch.contract.inventory.Host.Administrative;
import dev.perch.contract.inventory.Host.Availability;
import dev.perch.contract.inventory.Host.Lifecycle;
import dev.perch.contract.inventory.Host.Operational;
import java.util.Objects;

/**
 * The life of a host: what is administered (ITU-T X.731 §8.1.1), how far it has come, and, beside
 * both and changing by itself, what is seen of it.
 *
 * <pre>
 *   Planned     --heard-->    Discovered
 *   Discovered  --unlock-->   Entering      --proven-->     InService
 *   Maintenance --unlock-->   Entering      --abandoned-->  where it came from
 *   InService   --shutDown--> ShuttingDown  --settled-->    Maintenance
 *                             ShuttingDown  --resumed-->    InService
 *   Entering, InService, ShuttingDown       --forced-->     locked
 *   Maintenance                             --restored-->   InService
 *   Planned, Discovered, Maintenance        --replaced-->   Planned
 * </pre>
 *
 * A host that is unlocked is not in service before it is proven to be there; what proves it is the
 * caller's to know.
 */
public sealed interface Life {

  /** What is observed. */
  record Seen(Operational operational, Availability availability) {
    static final Seen NEVER = new Seen(Operational.DISABLED, Availability.UNKNOWN);

    boolean isAvailable() {
      return operational == Operational.ENABLED && availability == Availability.AVAILABLE;
    }
  }

  Seen seen();

  Administrative administrative();

  Lifecycle lifecycle();

  /** The same life, with something else observed. */
  Life seen(Operational operational, Availability availability);

  /** Its agent is heard. */
  default Life heard() {
    return this;
  }

  /** Enabled and available: its agent beats. */
  default boolean isAvailable() {
    return seen().isAvailable();
  }

  /** As it is stored and published. */
  default Host.State state() {
    return new Host.State(
        administrative(), seen().operational(), seen().availability(), lifecycle());
  }

  /** Nothing is placed on it, and it may be opened, switched off, replaced and removed. */
  sealed interface Locked extends Life {
    @Override
    default Administrative administrative() {
      return Administrative.LOCKED;
    }

    /** Another machine is to take its place. */
    default Planned replaced() {
      return new Planned(Seen.NEVER);
    }
  }

  /** Locked, and known well enough to be unlocked. */
  sealed interface Unlockable extends Locked {
    @Override
    Unlockable seen(Operational operational, Availability availability);

    default Entering unlock() {
      return new Entering(seen(), this);
    }
  }

  /** Unlocked, or on its way to being locked. */
  sealed interface Open extends Life {
    /** Locked at once, whatever runs on it. */
    Unlockable forced();
  }

  /** Nobody has heard its agent. */
  record Planned(Seen seen) implements Locked {
    @Override
    public Lifecycle lifecycle() {
      return Lifecycle.PLANNED;
    }

    @Override
    public Planned seen(Operational operational, Availability availability) {
      return new Planned(new Seen(operational, availability));
    }

    @Override
    public Discovered heard() {
      return new Discovered(seen);
    }
  }

  /** Its agent was heard; it has not been in service. */
  record Discovered(Seen seen) implements Unlockable {
    @Override
    public Lifecycle lifecycle() {
      return Lifecycle.DISCOVERED;
    }

    @Override
    public Discovered seen(Operational operational, Availability availability) {
      return new Discovered(new Seen(operational, availability));
    }
  }

  /** It was in service. */
  record Maintenance(Seen seen) implements Unlockable {
    @Override
    public Lifecycle lifecycle() {
      return Lifecycle.MAINTENANCE;
    }

    @Override
    public Maintenance seen(Operational operational, Availability availability) {
      return new Maintenance(new Seen(operational, availability));
    }

    /** The lock was cancelled before it was made known: the host was in service all the time. */
    public InService restored() {
      return new InService(seen);
    }
  }

  /**
   * Unlocked, and not yet proven to be there.
   *
   * @param from where it goes back to if it is not
   */
  record Entering(Seen seen, Unlockable from) implements Open {
    @Override
    public Administrative administrative() {
      return Administrative.UNLOCKED;
    }

    @Override
    public Lifecycle lifecycle() {
      return from.lifecycle();
    }

    @Override
    public Entering seen(Operational operational, Availability availability) {
      return from.seen(operational, availability).unlock();
    }

    public InService proven() {
      return new InService(seen);
    }

    public Unlockable abandoned() {
      return from;
    }

    @Override
    public Unlockable forced() {
      return from;
    }
  }

  /** Unlocked and proven. */
  record InService(Seen seen) implements Open {
    @Override
    public Administrative administrative() {
      return Administrative.UNLOCKED;
    }

    @Override
    public Lifecycle lifecycle() {
      return Lifecycle.IN_SERVICE;
    }

    @Override
    public InService seen(Operational operational, Availability availability) {
      return new InService(new Seen(operational, availability));
    }

    public ShuttingDown shutDown() {
      return new ShuttingDown(seen);
    }

    @Override
    public Maintenance forced() {
      return new Maintenance(seen);
    }
  }

  /** Nothing new is to be placed on it; it is locked as soon as what was begun has settled. */
  record ShuttingDown(Seen seen) implements Open {
    @Override
    public Administrative administrative() {
      return Administrative.SHUTTING_DOWN;
    }

    @Override
    public Lifecycle lifecycle() {
      return Lifecycle.IN_SERVICE;
    }

    @Override
    public ShuttingDown seen(Operational operational, Availability availability) {
      return new ShuttingDown(new Seen(operational, availability));
    }

    public Maintenance settled() {
      return new Maintenance(seen);
    }

    public InService resumed() {
      return new InService(seen);
    }

    @Override
    public Maintenance forced() {
      return new Maintenance(seen);
    }
  }

  /**
   * The life a row says.
   *
   * @throws IllegalArgumentException for a state that none leads to
   */
  static Life of(Host.State state) {
    Administrative administrative = Objects.requireNonNull(state.administrative());
    Lifecycle lifecycle = Objects.requireNonNull(state.lifecycle());
    Seen seen =
        new Seen(
            Objects.requireNonNull(state.operational()),
            Objects.requireNonNull(state.availability()));
    return switch (administrative) {
      case LOCKED -> locked(lifecycle, seen);
      case UNLOCKED ->
          switch (lifecycle) {
            case DISCOVERED -> new Discovered(seen).unlock();
            case MAINTENANCE -> new Maintenance(seen).unlock();
            case IN_SERVICE -> new InService(seen);
            case PLANNED -> throw impossible(state);
          };
      case SHUTTING_DOWN ->
          switch (lifecycle) {
            case IN_SERVICE -> new ShuttingDown(seen);
            case PLANNED, DISCOVERED, MAINTENANCE -> throw impossible(state);
          };
    };
  }

  private static Life locked(Lifecycle lifecycle, Seen seen) {
    return switch (lifecycle) {
      case PLANNED -> new Planned(seen);
      case DISCOVERED -> new Discovered(seen);
      case MAINTENANCE -> new Maintenance(seen);
      case IN_SERVICE ->
          throw new IllegalArgumentException("a host in service is not locked: " + seen);
    };
  }

  private static IllegalArgumentException impossible(Host.State state) {
    return new IllegalArgumentException("no host is in this state: " + state);
  }
}
