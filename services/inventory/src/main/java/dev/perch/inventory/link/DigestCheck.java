package dev.perch.inventory.link;

import dev.perch.contract.link.LinkMessage;
import dev.perch.inventory.Database;
import dev.perch.inventory.report.Kind;
import dev.perch.inventory.report.Reports;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the digests agents send with what is stored, and asks for the facets that differ. */
@ApplicationScoped
class DigestCheck {
  private static final Logger LOG = LoggerFactory.getLogger(DigestCheck.class);
  private static final int BATCH = 256;

  private final Database database;
  private final Reports reports;
  private final Batcher<Question> questions;

  DigestCheck(Database database, Reports reports) {
    this.database = database;
    this.reports = reports;
    questions = new Batcher<>("link-digests", BATCH, this::answer);
  }

  private record Question(Session session, Map<String, String> digests) {}

  void ask(Session session, Map<String, String> digests) {
    if (!digests.isEmpty()) {
      questions.put(new Question(session, digests));
    }
  }

  private void answer(List<Question> batch) {
    List<UUID> hosts = batch.stream().map(one -> one.session().host()).distinct().toList();
    try {
      Map<UUID, Map<String, String>> stored =
          database.transaction(
              connection -> {
                var known = reports.digests(connection, Kind.FACET, hosts);
                reports.confirmed(connection, same(batch, known));
                return known;
              });
      batch.forEach(
          question -> answer(question, stored.getOrDefault(question.session().host(), Map.of())));
    } catch (SQLException e) {
      // The agent asks again in ten minutes, or with its next connection.
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("Digests cannot be compared now");
    }
  }

  /** Hosts whose facts are all as they are stored. */
  private static List<UUID> same(List<Question> batch, Map<UUID, Map<String, String>> stored) {
    return batch.stream()
        .filter(
            question ->
                differing(question, stored.getOrDefault(question.session().host(), Map.of()))
                    .isEmpty())
        .map(question -> question.session().host())
        .toList();
  }

  private static List<String> differing(Question question, Map<String, String> stored) {
    return question.digests().entrySet().stream()
        .filter(facet -> !facet.getValue().equals(stored.get(facet.getKey())))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static void answer(Question question, Map<String, String> stored) {
    List<String> differing = differing(question, stored);
    if (!differing.isEmpty()) {
      question.session().send(new LinkMessage.Resync(differing));
    }
  }

  @PreDestroy
  void close() {
    questions.close();
  }
}
