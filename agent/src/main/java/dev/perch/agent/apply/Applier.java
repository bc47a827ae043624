package dev.perch.agent.apply;

import dev.perch.agent.state.StateFolder;
import dev.perch.contract.host.Aspect;
import dev.perch.contract.host.Condition;
import dev.perch.contract.link.LinkMessage.Desired;
import dev.perch.contract.link.LinkMessage.Observed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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
 * at once, what is applied is read back now and then and repaired, what failed is tried again as
 * {@link Retries} say. While the newest document cannot be applied, the last that was verified is
 * what the host is kept at.
 */
public final class Applier implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Applier.class);

  private final Map<String, Driver> drivers;
  private final Documents documents;
  private final StateFolder reported;
  private final Consumer<Observed> reports;
  private final Duration drift;
  private final RandomGenerator random;
  private final Agenda agenda = new Agenda();

  /** Held while a document and what is on the agenda are changed together. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Retries retries = new Retries();

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
    this.documents = new Documents(state);
    this.reported = state.folder("reported");
    this.reports = reports;
    this.drift = drift;
    this.random = random;
    documents.aspects().forEach(agenda::now);
  }

  /** A document came, or was withdrawn. It is on the disk when this returns. */
  public void desired(Desired desired) {
    String aspect = desired.aspect();
    if (!Aspect.isName(aspect)) {
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
      retries.forget(aspect);
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
          agenda.in(aspect, Retries.LONGEST);
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
    if (before != null && !retries.left(document.aspect()).isZero()) {
      // Not its time yet: only what is in force is looked after.
      conclude(document, null, before, keep(document, before));
      return;
    }
    Attempt attempt = attempt(document, isReached(before, document));
    Observed after = Conditions.after(document, attempt, before, Instant.now());
    if (attempt instanceof Attempt.Reached reached) {
      if (Boolean.TRUE.equals(reached.readBack().verified())) {
        documents.verified(document);
        settle(document);
      }
    } else {
      after = keep(document, after);
    }
    conclude(document, attempt, before, after);
  }

  /** After it is on the disk that this document is the one to fall back to. */
  private void settle(Document document) {
    Driver driver = drivers.get(document.driver());
    if (driver == null || isStale(document)) {
      return;
    }
    try {
      driver.settled(document);
    } catch (IOException e) {
      LOG.atWarn()
          .addKeyValue("aspect", document.aspect())
          .addKeyValue("reason", e.getMessage())
          .log("What older documents needed is not cleared away yet");
    }
  }

  private Attempt attempt(Document document, boolean reachedBefore) {
    Driver driver = drivers.get(document.driver());
    return driver == null
        ? new Attempt.Refused(List.of(unknown(document)))
        : Attempt.make(driver, document, reachedBefore);
  }

  /** Repairs what is in force while a newer document cannot be; adds to what is said of that. */
  private Observed keep(Document newest, Observed said) {
    return documents
        .lastVerified(newest.aspect())
        .filter(good -> !good.equals(newest))
        .map(good -> Conditions.keeping(good, attempt(good, true), said, Instant.now()))
        .orElse(said);
  }

  /**
   * @param attempt of the document; null if there was none
   */
  private void conclude(
      Document document, @Nullable Attempt attempt, @Nullable Observed before, Observed after) {
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
      } else if (attempt != null) {
        retries.forget(document.aspect());
      }
      again(document.aspect());
      if (attempt instanceof Attempt.Reached reached && reached.readBack().again() != null) {
        agenda.in(document.aspect(), reached.readBack().again());
      }
    } finally {
      lock.unlock();
    }
  }

  /** What is in force is looked at now and then, also while something newer waits for its turn. */
  private void again(String aspect) {
    Duration left = retries.left(aspect);
    long most = drift.toNanos();
    Duration look = Duration.ofNanos(random.nextLong(most * 9 / 10, most * 11 / 10));
    agenda.in(aspect, left.isZero() || look.compareTo(left) < 0 ? look : left);
  }

  private void withdraw(Document document) {
    try {
      Driver driver = drivers.get(document.driver());
      if (driver != null) {
        driver.withdraw(document.aspect());
      }
    } catch (IOException e) {
      retry(document.aspect(), "WithdrawalFailed", String.valueOf(e.getMessage()));
      agenda.in(document.aspect(), retries.left(document.aspect()));
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
    Duration wait = retries.failed(aspect);
    LOG.atWarn()
        .addKeyValue("aspect", aspect)
        .addKeyValue("reason", reason)
        .addKeyValue("detail", message)
        .addKeyValue("againInSeconds", wait.toSeconds())
        .log("An aspect is not as it is wanted");
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
