package dev.perch.certmon.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An authority that lies in every way we know of; each lie is named, all of them at once. */
class AcceptanceTest {
  private static final Duration OF_USE = Duration.ofHours(12);

  private final Requests.Ca root = Requests.root(Authority.unlimited());
  private final KeyPair keys = KeyType.P256.generate();
  private final CertificateRequest request =
      CertificateRequest.of(
          Csr.create(keys, "a.example", names("dns:a.example")),
          Set.of(Usage.SERVER),
          Requests.DAY);
  private final Expectation expected = Expectation.first(Set.of(root.certificate()), OF_USE);
  private final Instant now = Requests.CLOCK.instant();

  @Test
  void anHonestCertificateHasNoFlaw() {
    assertThat(flaws(signed(request), expected)).isEmpty();
  }

  @Test
  void anHonestOneOfALongChainHasNoFlaw() {
    Requests.Ca below = Requests.below(root, "below", Authority.ofLeaves());

    Chain chain = Drive.toTheEnd(below.issuer(), request).chain();

    assertThat(flaws(chain, expected)).isEmpty();
  }

  @Test
  void wrongKey() {
    assertThat(flaws(signed(Requests.forNames("dns:a.example")), expected))
        .containsExactly(Flaw.Code.WRONG_KEY);
  }

  @Test
  void wrongNames() {
    assertThat(flaws(signed(request.named(names("dns:b.example"))), expected))
        .containsExactly(Flaw.Code.NAMES_MISSING, Flaw.Code.NAMES_UNASKED);
  }

  @Test
  void moreNamesThanAsked() {
    assertThat(flaws(signed(request.named(names("dns:a.example", "dns:b.example"))), expected))
        .containsExactly(Flaw.Code.NAMES_UNASKED);
  }

  @Test
  void wrongUsage() {
    CertificateRequest client =
        CertificateRequest.of(request.csr(), Set.of(Usage.CLIENT), Requests.DAY);

    assertThat(flaws(signed(client), expected)).containsExactly(Flaw.Code.USAGE_MISSING);
  }

  @Test
  void anAuthorityInsteadOfALeaf() {
    assertThat(flaws(signed(request.asAuthority(Authority.ofLeaves())), expected))
        .containsExactly(Flaw.Code.WRONG_ROLE);
  }

  @Test
  void shortLife() {
    CertificateRequest hour =
        CertificateRequest.of(request.csr(), request.usages(), Duration.ofHours(1));

    assertThat(flaws(signed(hour), expected)).containsExactly(Flaw.Code.TOO_SHORT);
  }

  @Test
  void expired() {
    assertThat(codes(signed(request), expected, now.plus(Duration.ofDays(2))))
        .containsExactly(Flaw.Code.EXPIRED);
  }

  @Test
  void notYetValid() {
    assertThat(codes(signed(request), expected, now.minus(Duration.ofMinutes(6))))
        .containsExactly(Flaw.Code.NOT_YET_VALID, Flaw.Code.NOT_YET_VALID);
  }

  @Test
  void anExpiredAuthority() {
    Clock later = Clock.fixed(now.plus(Duration.ofDays(360)), ZoneOffset.UTC);
    CaIssuer issuer =
        new CaIssuer(
            CaSettings.of(root.chain(), Duration.ofDays(90)), root.keys().getPrivate(), later);
    Chain chain = Drive.toTheEnd(issuer, request).chain();

    assertThat(codes(chain, expected, now.plus(Duration.ofDays(366)))).contains(Flaw.Code.EXPIRED);
  }

  @Test
  void aForeignChain() {
    Requests.Ca foreign = Requests.root(Authority.unlimited());

    Chain chain = Drive.toTheEnd(foreign.issuer(), request).chain();

    assertThat(flaws(chain, expected)).containsExactly(Flaw.Code.FOREIGN_CHAIN);
  }

  @Test
  void aChainInDisorder() {
    Requests.Ca below = Requests.below(root, "below", Authority.ofLeaves());
    Requests.Ca stranger = Requests.below(root, "stranger", Authority.ofLeaves());
    Chain honest = Drive.toTheEnd(below.issuer(), request).chain();

    Chain chain = new Chain(List.of(honest.leaf(), stranger.certificate()));

    assertThat(flaws(chain, expected)).containsExactly(Flaw.Code.BROKEN_CHAIN);
  }

  @Test
  void aLeafThatSigns() {
    Chain leaf = signed(request);
    CaIssuer usurper =
        new CaIssuer(
            CaSettings.of(leaf.with(root.chain().certificates()), Requests.DAY),
            keys.getPrivate(),
            Requests.CLOCK);

    assertThat(Drive.toFailure(usurper, Requests.forNames("dns:b.example")).failure().code())
        .isEqualTo("beyond-authority");
  }

  @Test
  void theSameAgain() {
    Chain active = signed(request);

    assertThat(flaws(active, expected.forced(active))).containsExactly(Flaw.Code.SAME_AGAIN);
  }

  @Test
  void oneThatEndsBeforeTheActiveOne() {
    CertificateRequest longer =
        CertificateRequest.of(request.csr(), request.usages(), Duration.ofDays(30));
    Chain active = signed(longer);
    Chain shorter = signed(request);

    assertThat(flaws(shorter, expected.replacing(active))).containsExactly(Flaw.Code.NO_BETTER);
    assertThat(flaws(shorter, expected.forced(active))).isEmpty();
  }

  @Test
  void everyLieIsNamed() {
    Requests.Ca foreign = Requests.root(Authority.unlimited());
    CertificateRequest wrong =
        CertificateRequest.of(
            Requests.forNames("dns:b.example").csr(), Set.of(Usage.CLIENT), Duration.ofHours(1));

    Chain chain = Drive.toTheEnd(foreign.issuer(), wrong).chain();

    assertThat(flaws(chain, expected))
        .containsExactly(
            Flaw.Code.WRONG_KEY,
            Flaw.Code.NAMES_MISSING,
            Flaw.Code.NAMES_UNASKED,
            Flaw.Code.USAGE_MISSING,
            Flaw.Code.TOO_SHORT,
            Flaw.Code.FOREIGN_CHAIN);
  }

  private Chain signed(CertificateRequest asked) {
    return Drive.toTheEnd(root.issuer(), asked).chain();
  }

  private List<Flaw.Code> flaws(Chain chain, Expectation expectation) {
    return codes(chain, expectation, now);
  }

  private List<Flaw.Code> codes(Chain chain, Expectation expectation, Instant at) {
    return Acceptance.examine(chain, request, expectation, at).stream().map(Flaw::code).toList();
  }

  private static List<SubjectName> names(String... names) {
    return Arrays.stream(names).map(SubjectName::parse).toList();
  }
}
