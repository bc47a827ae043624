package dev.perch.certmon.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.perch.kit.peers.Kubernetes;
import dev.perch.kit.peers.TestUser;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class AccessTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String[] ALL = {"get", "list", "watch", "create", "patch", "delete"};

  private final Kubernetes kubernetes = Kubernetes.shared();
  private final String namespace = kubernetes.namespace("access");
  private final SecretTarget target = SecretTarget.of(namespace, "web");
  private final Material material = Materials.revision(UUID.randomUUID(), 1);

  @Test
  void aServiceAccountWithARoleInTheNamespaceIsEnough() {
    Credential token = new Credential.Token(kubernetes.token(namespace, "perch"));
    Clusters.allow(kubernetes, namespace, Clusters.account(namespace, "perch"), ALL);

    try (SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes, token, TIMEOUT))) {
      await().until(() -> publisher.check(List.of(namespace)).isEmpty());
      assertThat(publisher.publish(target, material)).isInstanceOf(Outcome.Published.class);
    }
  }

  @Test
  void whatTheRoleLacksIsNamed() {
    TestUser user = kubernetes.user("reader");
    Clusters.allow(kubernetes, namespace, Clusters.user("reader"), "get", "list", "watch");

    try (SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes, user))) {
      await()
          .untilAsserted(
              () ->
                  assertThat(publisher.check(List.of(namespace)))
                      .singleElement()
                      .satisfies(
                          finding -> {
                            assertThat(finding.code()).isEqualTo("forbidden");
                            assertThat(finding.detail())
                                .isEqualTo(
                                    "secrets in namespace %s: may not create, patch, delete",
                                    namespace);
                          }));
      assertThat(failure(publisher.publish(target, material)))
          .isInstanceOf(Failure.Forbidden.class);
    }
  }

  @Test
  void aNamespaceThatIsMissingIsFoundBeforehand() {
    try (SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes))) {
      assertThat(publisher.check(List.of("nowhere-at-all", namespace)))
          .extracting(Finding::code)
          .containsExactly("namespace-missing");
    }
  }

  @Test
  void aTokenThatIsNotGoodIsUnauthorised() {
    Credential token = new Credential.Token("not-a-token");

    try (SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes, token, TIMEOUT))) {
      assertThat(failure(publisher.publish(target, material)))
          .isInstanceOf(Failure.Unauthorised.class);
      assertThat(publisher.check(List.of(namespace)))
          .extracting(Finding::code)
          .containsExactly("unauthorised");
    }
  }

  @Test
  void aServerThatTheAuthorityDidNotCertifyIsNotTalkedTo() {
    TestUser admin = kubernetes.admin();
    Cluster cluster =
        new Cluster(
            "test",
            kubernetes.server(),
            admin.certificatePem(),
            new Credential.ClientCertificate(admin.certificatePem(), admin.keyPem()),
            TIMEOUT);

    try (SecretPublisher publisher = new SecretPublisher(cluster)) {
      assertThat(failure(publisher.publish(target, material)))
          .isInstanceOf(Failure.Untrusted.class);
    }
  }

  @Test
  void aServerThatHasTooMuchToDoSaysHowLongToWait() {
    // Administrators are exempt. Whether this user may do anything is asked afterwards.
    TestUser user = kubernetes.user("throttled");
    String flow = "/apis/flowcontrol.apiserver.k8s.io/v1/";
    kubernetes
        .api()
        .create(
            flow + "prioritylevelconfigurations",
            Map.of(
                "metadata",
                Map.of("name", "nothing"),
                "spec",
                Map.of(
                    "type",
                    "Limited",
                    "limited",
                    Map.of(
                        "nominalConcurrencyShares",
                        0,
                        "lendablePercent",
                        0,
                        "borrowingLimitPercent",
                        0,
                        "limitResponse",
                        Map.of("type", "Reject")))));
    kubernetes
        .api()
        .create(
            flow + "flowschemas",
            Map.of(
                "metadata",
                Map.of("name", "throttled"),
                "spec",
                Map.of(
                    "matchingPrecedence",
                    2,
                    "priorityLevelConfiguration",
                    Map.of("name", "nothing"),
                    "rules",
                    List.of(
                        Map.of(
                            "subjects",
                            List.of(Map.of("kind", "User", "user", Map.of("name", "throttled"))),
                            "resourceRules",
                            List.of(
                                Map.of(
                                    "apiGroups",
                                    List.of("*"),
                                    "resources",
                                    List.of("*"),
                                    "verbs",
                                    List.of("*"),
                                    "namespaces",
                                    List.of("*"))))))));

    try (SecretPublisher publisher = new SecretPublisher(Clusters.of(kubernetes, user));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Failure>> calls =
          Collections.nCopies(64, () -> failure(publisher.publish(target, material)));
      await()
          .untilAsserted(
              () ->
                  assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
                      .filteredOn(Failure.Throttled.class::isInstance)
                      .isNotEmpty()
                      .allSatisfy(failure -> assertThat(failure.retryAfter()).isPresent()));
    }
  }

  private static Failure failure(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).failure();
  }
}
