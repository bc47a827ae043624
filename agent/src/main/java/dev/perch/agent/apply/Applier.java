package dev.perch.agent.apply;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Observed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps every aspect as its document wants it, one after the other. A document that came is applied
 * at once, what is applied is read back now and then and repaired, what failed is tried again after
 * a time that doubles from 5 s to 10 min.
 */
public final class Applier implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LAST_RETRY = Duration.ofMinutes(10);

  private final Map<String, Driver> drivers;
  private final Documents documents;
  private final StateFolder reported;
  private final Consumer<Observed> reports;
  private final Duration drift;
  private final RandomGenerator random;
  private final Agenda agenda = new Agenda();

  /** Held while a document and what is on the agenda are changed together. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<String, Duration> retries = new HashMap<>();

  /**
   * @param state where documents are kept, and what was last said of them
   * @param reports gets what is to be said; the sequence number is not set
   * @param drift how often what is applied is read back
   */
  public Applier(
      List<Driver> drivers,
      StateFolder state,
      Consumer<Observed> reports,
      Duration drift,
      RandomGenerator random) {
    this.drivers = drivers.stream().collect(Collectors.toMap(Driver::name, driver -> driver));
    this.documents = new Documents(state.folder("documents"));
    this.reported = state.folder("reported");
    this.reports = reports;
    this.drift = drift;
    this.random = random;
    documents.aspects().forEach(agenda::now);
  }

  /** A document came, or was withdrawn. It is on the disk when this returns. */
  public void desired(Desired desired) {
    String aspect = desired.aspect();
    if (!aspect.matches("[a-z0-9][a-z0-9-]{0,62}")) {
      LOG.atWarn().log("A document of an aspect that cannot be is ignored");
      return;
    }
    lock.lock();
    try {
      if (desired.driver() == null || desired.spec() == null) {
        if (!documents.withdraw(aspect)) {
          report(new Observed(0, aspect, 0, List.of(), null));
          return;
        }
      } else {
        documents.hold(
            new Document(aspect, desired.generation(), desired.driver(), desired.spec()));
      }
      retries.remove(aspect);
      agenda.now(aspect);
    } finally {
      lock.unlock();
    }
  }

  /** Something has happened that an aspect may depend on. */
  public void look(String aspect) {
    if (documents.find(aspect).isPresent()) {
      agenda.now(aspect);
    }
  }

  /** The generation of each document that is held, by its aspect. */
  public Map<String, Long> generations() {
    return documents.generations();
  }

  /** Until it is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        String aspect = agenda.take();
        try {
          work(aspect);
        } catch (RuntimeException e) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          // A full disk must not end the loop that may empty it.
          LOG.atError().addKeyValue("aspect", aspect).setCause(e).log("An aspect failed");
          agenda.in(aspect, LAST_RETRY);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work(String aspect) {
    Optional<Documents.Held> found = documents.find(aspect);
    if (found.isEmpty()) {
      return;
    }
    Documents.Held held = found.get();
    if (held.withdrawn()) {
      withdraw(held.document());
    } else {
      apply(held.document());
    }
  }

  private void apply(Document document) {
    Observed before = reported.read(document.aspect(), Observed.class).orElse(null);
    Driver driver = drivers.get(document.driver());
    Attempt attempt =
        driver == null
            ? new Attempt.Refused(List.of(unknown(document)))
            : Attempt.make(driver, document, isReached(before, document));
    Observed after = Conditions.after(document, attempt, before, Instant.now());
    lock.lock();
    try {
      if (isStale(document)) {
        return;
      }
      if (!Conditions.same(before, after)) {
        report(after);
      }
      if (attempt instanceof Attempt.Missed missed) {
        retry(document.aspect(), missed.reason(), missed.message());
      } else {
        retries.remove(document.aspect());
        long most = drift.toNanos();
        agenda.in(
            document.aspect(), Duration.ofNanos(random.nextLong(most * 9 / 10, most * 11 / 10)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void withdraw(Document document) {
    try {
      Driver driver = drivers.get(document.driver());
      if (driver != null) {
        driver.withdraw(document.aspect());
      }
    } catch (IOException e) {
      retry(document.aspect(), "WithdrawalFailed", String.valueOf(e.getMessage()));
      return;
    }
    lock.lock();
    try {
      if (documents.find(document.aspect()).filter(Documents.Held::withdrawn).isPresent()) {
        // Told before it is forgotten: a withdrawal nobody heard of would never be told again.
        report(new Observed(0, document.aspect(), 0, List.of(), null));
        documents.forget(document.aspect());
      }
    } finally {
      lock.unlock();
    }
  }

  /** A newer document came meanwhile; its turn is on the agenda. */
  private boolean isStale(Document document) {
    return documents
        .find(document.aspect())
        .filter(held -> !held.withdrawn() && held.document().equals(document))
        .isEmpty();
  }

  /** Whatever happens in between, it is said: the mailbox keeps it before this class knows it. */
  private void report(Observed observed) {
    reports.accept(observed);
    if (observed.generation() == 0 && observed.conditions().isEmpty()) {
      reported.delete(observed.aspect());
    } else {
      reported.write(observed.aspect(), observed);
    }
  }

  private void retry(String aspect, String reason, String message) {
    Duration wait = retries.getOrDefault(aspect, FIRST_RETRY);
    Duration twice = wait.multipliedBy(2);
    retries.put(aspect, twice.compareTo(LAST_RETRY) < 0 ? twice : LAST_RETRY);
    LOG.atWarn()
        .addKeyValue("aspect", aspect)
        .addKeyValue("reason", reason)
        .addKeyValue("detail", message)
        .addKeyValue("againInSeconds", wait.toSeconds())
        .log("An aspect is not as it is wanted");
    agenda.in(aspect, wait);
  }

  private static boolean isReached(@Nullable Observed before, Document document) {
    return before != null
        && before.generation() == document.generation()
        && before.conditions().stream()
            .anyMatch(c -> c.type().equals("Verified") && c.status() == Condition.Status.TRUE);
  }

  private Violation unknown(Document document) {
    return new Violation(
        "driver.unknown",
        "/driver",
        document.driver(),
        "this agent has " + drivers.keySet().stream().sorted().toList() + "; update it");
  }
}
