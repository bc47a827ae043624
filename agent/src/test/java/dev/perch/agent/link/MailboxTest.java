package dev.perch.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.perch.agent.state.StateFolder;
import dev.perch.contract.link.FacetReport;
import dev.perch.contract.link.LinkMessage.Facts;
import dev.perch.contract.link.LinkMessage.Observed;
import dev.perch.contract.link.LinkMessage.Report;
import dev.perch.contract.link.LinkProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailboxTest {
  @TempDir Path temp;
  private Mailbox mailbox;

  @BeforeEach
  void aMailbox() {
    mailbox = open();
    mailbox.newSession();
  }

  @Test
  void ofAnAspectOnlyTheNewestIsSent() {
    for (int generation = 1; generation <= 1000; generation++) {
      mailbox.observed(observed("backup", generation));
    }

    assertThat(all()).singleElement().isEqualTo(numbered(1, "backup", 1000));
  }

  @Test
  void whatWasObservedOutlivesTheProcessUntilItIsConfirmed() {
    mailbox.observed(observed("backup", 3));
    mailbox.observed(observed("certificates.web", 4));
    assertThat(all()).hasSize(2);

    Mailbox next = open();
    next.newSession();
    assertThat(next.next()).contains(numbered(1, "backup", 3));
    assertThat(next.next()).contains(numbered(2, "certificates.web", 4));
    next.confirmed(2);

    assertThat(open().next()).isEmpty();
  }

  @Test
  void whatIsNotConfirmedIsSentAgainFirstAndWithNewNumbers() {
    mailbox.observed(observed("backup", 1));
    mailbox.observed(observed("tsn", 1));
    assertThat(all()).hasSize(2);
    mailbox.confirmed(1);
    mailbox.newSession();
    mailbox.observed(observed("runtime", 1));

    assertThat(all()).containsExactly(numbered(1, "tsn", 1), numbered(2, "runtime", 1));
  }

  @Test
  void aNewerObservationIsNotLostWhenTheOlderIsConfirmed() {
    mailbox.observed(observed("backup", 1));
    assertThat(all()).hasSize(1);
    mailbox.observed(observed("backup", 2));
    mailbox.confirmed(1);

    assertThat(all()).containsExactly(numbered(2, "backup", 2));
  }

  @Test
  void noMoreThanTheAllowedReportsAreOpen() {
    List<String> facets = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      facets.add("facet-" + i);
    }
    mailbox.asked(facets);

    assertThat(all()).hasSize(LinkProtocol.OPEN_REPORTS);
    mailbox.confirmed(10);
    assertThat(all()).hasSize(10);
  }

  @Test
  void facetsAreLeftToTheDigestsOfANewSession() {
    mailbox.facet("cpu");
    mailbox.newSession();

    assertThat(mailbox.next()).isEmpty();
  }

  @Test
  void aFacetThatIsNotKnownIsNoReport() {
    mailbox.asked(List.of("unknown", "cpu"));

    assertThat(all())
        .singleElement()
        .isInstanceOfSatisfying(
            Facts.class, facts -> assertThat(facts.facets().getFirst().facet()).isEqualTo("cpu"));
  }

  private List<Report> all() {
    List<Report> reports = new ArrayList<>();
    for (Optional<Report> next = mailbox.next(); next.isPresent(); next = mailbox.next()) {
      reports.add(next.get());
    }
    return reports;
  }

  private Mailbox open() {
    return new Mailbox(
        word ->
            word.equals("unknown")
                ? Optional.empty()
                : Optional.of(FacetReport.of(word, JsonNodeFactory.instance.objectNode())),
        StateFolder.at(temp.resolve("unconfirmed")));
  }

  private static Observed observed(String aspect, long generation) {
    return numbered(0, aspect, generation);
  }

  private static Observed numbered(long seq, String aspect, long generation) {
    return new Observed(seq, aspect, generation, List.of(), null);
  }
}
