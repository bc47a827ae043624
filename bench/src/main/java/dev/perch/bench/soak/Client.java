package dev.perch.bench.soak;

import dev.perch.bench.stack.Inventory;
import dev.perch.bench.stack.Inventory.Refused;
import dev.perch.bench.stack.Inventory.Tagged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client with hosts of its own, which it creates, changes and deletes. When an answer does not
 * come, nobody knows what happened: the request may even be done later. The client asks until it
 * knows, as every client must, and says so when what it sees does not fit what it was told.
 */
final class Client implements Runnable {
  static final String CHECK = "every answer fits what the client was told before";
  private static final int HOSTS = 20;
  private static final long PAUSE_MILLIS = 100;

  private final Inventory inventory;
  private final UUID site;
  private final String name;
  private final Acknowledged acknowledged;
  private final Findings findings;
  private final AtomicBoolean stop;
  private final Random random;
  private final List<Held> hosts = new ArrayList<>();
  private int number;

  Client(
      Inventory inventory,
      UUID site,
      String name,
      Acknowledged acknowledged,
      Findings findings,
      AtomicBoolean stop) {
    this.inventory = inventory;
    this.site = site;
    this.name = name;
    this.acknowledged = acknowledged;
    this.findings = findings;
    this.stop = stop;
    this.random = new Random(name.hashCode());
  }

  /** A host as it was last seen, and whether a request without an answer may still change it. */
  private static final class Held {
    Tagged seen;
    boolean maybeChanged;
    boolean maybeDeleted;

    Held(Tagged seen) {
      this.seen = seen;
    }
  }

  /** How a request ended, as far as the client can tell. */
  private enum Outcome {
    DONE,
    UNKNOWN,
    STALE,
    ABSENT,
    REFUSED
  }

  @FunctionalInterface
  private interface Call {
    void send() throws IOException, InterruptedException;
  }

  @Override
  public void run() {
    findings.checked(CHECK);
    try {
      while (!stop.get()) {
        int dice = random.nextInt(100);
        if (hosts.size() < HOSTS / 2 || (dice < 25 && hosts.size() < HOSTS)) {
          create();
        } else {
          Held host = hosts.get(random.nextInt(hosts.size()));
          if (dice < 85) {
            patch(host);
          } else {
            delete(host);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** When no request can be under way any more: what is there now is what stays. */
  void lookAgain() throws InterruptedException {
    for (Held host : List.copyOf(hosts)) {
      read(host);
    }
  }

  /** Sends the same request with the same key until it is answered: it is done once. */
  private void create() throws InterruptedException {
    String host = name + "-" + ++number;
    String key = UUID.randomUUID().toString();
    Map<String, String> labels = labels();
    Outcome outcome;
    do {
      outcome =
          attempt(
              () -> {
                Tagged created = inventory.createHost(site, host, labels, key);
                acknowledged.is(created.host());
                hosts.add(new Held(created));
              });
    } while (isOpen(outcome));
    if (outcome != Outcome.DONE) {
      findings.add(CHECK, "creation of " + host + " ended " + outcome);
    }
  }

  private void patch(Held host) throws InterruptedException {
    Outcome outcome = attempt(() -> saw(host, inventory.patchLabels(host.seen, labels())));
    host.maybeChanged |= outcome == Outcome.UNKNOWN;
    settle(host, outcome);
  }

  private void delete(Held host) throws InterruptedException {
    Outcome outcome = attempt(() -> inventory.delete(host.seen));
    if (outcome == Outcome.DONE) {
      gone(host);
    } else {
      host.maybeDeleted |= outcome == Outcome.UNKNOWN;
      settle(host, outcome);
    }
  }

  private void settle(Held host, Outcome outcome) throws InterruptedException {
    if (outcome == Outcome.STALE && !host.maybeChanged) {
      findings.add(CHECK, "changed by nobody: " + host.seen.host());
    }
    if (outcome == Outcome.ABSENT) {
      absent(host);
    } else if (outcome == Outcome.REFUSED) {
      findings.add(CHECK, "a good request was refused: " + host.seen.host());
    } else if (outcome != Outcome.DONE) {
      read(host);
    }
  }

  private void read(Held host) throws InterruptedException {
    Outcome outcome;
    do {
      outcome = attempt(() -> saw(host, inventory.read(host.seen.host().id())));
    } while (isOpen(outcome));
    if (outcome == Outcome.ABSENT) {
      absent(host);
    }
  }

  private void saw(Held host, Tagged now) {
    long steps = now.host().version() - host.seen.host().version();
    if (steps < 0 || steps > 1) {
      findings.add(CHECK, "%s came after %s".formatted(now.host(), host.seen.host()));
    }
    acknowledged.is(now.host());
    host.seen = now;
  }

  private void absent(Held host) {
    if (!host.maybeDeleted) {
      findings.add(CHECK, "deleted by nobody: " + host.seen.host());
    }
    gone(host);
  }

  private void gone(Held host) {
    acknowledged.gone(host.seen.host());
    hosts.remove(host);
  }

  private static boolean isOpen(Outcome outcome) throws InterruptedException {
    if (outcome == Outcome.UNKNOWN) {
      Thread.sleep(PAUSE_MILLIS);
    }
    return outcome == Outcome.UNKNOWN;
  }

  private static Outcome attempt(Call call) throws InterruptedException {
    try {
      call.send();
      return Outcome.DONE;
    } catch (Refused e) {
      return switch (e.status()) {
        case 404 -> Outcome.ABSENT;
        case 412 -> Outcome.STALE;
        case 409 -> e.isProblem("idempotency-in-flight") ? Outcome.UNKNOWN : Outcome.REFUSED;
        case 401, 429 -> Outcome.UNKNOWN;
        default -> e.status() >= 500 ? Outcome.UNKNOWN : Outcome.REFUSED;
      };
    } catch (IOException e) {
      return Outcome.UNKNOWN;
    }
  }

  private Map<String, String> labels() {
    return Map.of("writer", name, "n", Integer.toString(random.nextInt(1_000_000)));
  }
}
