package dev.perch.certmon.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Whether a cluster can be reached, knows us, and lets us do what publishing needs. */
final class Access {
  /** Apply is a patch, and makes what is not there. */
  private static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "patch", "delete");

  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private final Api api;

  Access(Api api) {
    this.api = api;
  }

  List<Finding> check(Collection<String> namespaces) {
    List<Finding> findings = new ArrayList<>();
    try {
      // Whoever is known may ask this, whatever else may be allowed.
      var _ = review("default", "get");
      for (String namespace : namespaces) {
        checkNamespace(namespace, findings);
      }
    } catch (ApiFailure e) {
      findings.add(finding(e.failure()));
    }
    return findings;
  }

  private void checkNamespace(String namespace, List<Finding> findings) throws ApiFailure {
    List<String> denied = new ArrayList<>();
    for (String verb : VERBS) {
      if (!review(namespace, verb).at("/status/allowed").asBoolean()) {
        denied.add(verb);
      }
    }
    if (!denied.isEmpty()) {
      findings.add(
          new Finding(
              "forbidden",
              "secrets in namespace %s: may not %s".formatted(namespace, String.join(", ", denied)),
              "Bind a role with these verbs on secrets to this credential in that namespace."));
    } else if (isKnownToBeMissing(namespace)) {
      findings.add(
          new Finding(
              "namespace-missing",
              "there is no namespace " + namespace,
              "Create the namespace; Perch does not."));
    }
  }

  private JsonNode review(String namespace, String verb) throws ApiFailure {
    Map<String, String> attributes =
        Map.of("namespace", namespace, "verb", verb, "resource", "secrets");
    return api.create(
        REVIEWS,
        Map.of(
            "apiVersion",
            "authorization.k8s.io/v1",
            "kind",
            "SelfSubjectAccessReview",
            "spec",
            Map.of("resourceAttributes", attributes)));
  }

  /** Who may not read namespaces is told when something is published. */
  private boolean isKnownToBeMissing(String namespace) throws ApiFailure {
    try {
      return api.find("/api/v1/namespaces/" + namespace).isEmpty();
    } catch (ApiFailure e) {
      if (e.failure() instanceof Failure.Forbidden) {
        return false;
      }
      throw e;
    }
  }

  private static Finding finding(Failure failure) {
    return switch (failure) {
      case Failure.Unreachable f ->
          new Finding(
              "unreachable", f.detail(), "See that the API server runs and is let through.");
      case Failure.Untrusted f ->
          new Finding(
              "untrusted",
              f.detail(),
              "Compare the authority with certificate-authority-data of a kubeconfig.");
      case Failure.Unauthorised f ->
          new Finding("unauthorised", f.detail(), "Give the cluster a credential that is good.");
      case Failure.Forbidden f ->
          new Finding("forbidden", f.detail(), "Bind a role on secrets to this credential.");
      case Failure.Throttled f -> new Finding("throttled", f.detail(), "Ask again later.");
      case Failure.Unwell f -> new Finding("unwell", f.detail(), "Look at the API server's log.");
      case Failure.NamespaceMissing f -> unexpected(f);
      case Failure.PasswordMissing f -> unexpected(f);
      case Failure.Terminating f -> unexpected(f);
      case Failure.Refused f -> unexpected(f);
      case Failure.Busy f -> unexpected(f);
    };
  }

  /** None of these is an answer to a question about access, unless no API server gave it. */
  private static Finding unexpected(Failure failure) {
    return new Finding(
        "no-such-api", failure.detail(), "See that the URL is that of a Kubernetes API server.");
  }
}
