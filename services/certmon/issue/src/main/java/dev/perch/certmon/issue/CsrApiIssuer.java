package dev.perch.certmon.issue;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An authority that signs a CSR on an authenticated HTTP request: the {@code authsign} dialect of
 * CFSSL, served by {@code cfssl serve} and {@code multirootca}.
 *
 * <p>The API has no memory of requests: after a crash between its answer and the caller's commit it
 * is asked again and signs again. What was not stored is nobody's.
 */
public final class CsrApiIssuer implements Issuer {
  private final CsrApiSettings settings;
  private final CsrApi api;

  public CsrApiIssuer(CsrApiSettings settings) {
    this.settings = settings;
    this.api = new CsrApi(settings);
  }

  @Override
  public Step advance(CertificateRequest request, Issuance state) {
    States.require(state instanceof Issuance.Requested, state);
    Optional<Failure> objection = Names.objection(request);
    if (objection.isPresent()) {
      return new Step.Failed(state, objection.get());
    }
    Map<String, Object> asked = new HashMap<>();
    asked.put("certificate_request", request.csr().toPem());
    asked.put("hosts", request.names().stream().map(SubjectName::value).toList());
    put(asked, "profile", request.profile() == null ? settings.profile() : request.profile());
    put(asked, "label", settings.label());
    return switch (api.authenticated(settings.signing().resolve("authsign"), asked)) {
      case CsrApi.Answer.Refusal(Failure failure) -> new Step.Failed(state, failure);
      case CsrApi.Answer.Result(JsonNode result) -> issued(result, state);
    };
  }

  @Override
  public Optional<Failure> revoke(Chain chain, RevocationReason reason) {
    if (settings.revoking() == null) {
      return Optional.of(
          new Failure.Permanent("cannot-revoke", "no API that revokes is configured"));
    }
    Map<String, Object> asked =
        Map.of(
            "serial", chain.serial().toString(),
            "authority_key_id", chain.authorityKeyId().orElse(""),
            "reason", reason.toString());
    return switch (api.plain(settings.revoking().resolve("revoke"), asked)) {
      case CsrApi.Answer.Refusal(Failure failure) -> Optional.of(failure);
      case CsrApi.Answer.Result done -> Optional.empty();
    };
  }

  @Override
  public Optional<Failure> reach() {
    return switch (info()) {
      case CsrApi.Answer.Refusal(Failure failure) -> Optional.of(failure);
      case CsrApi.Answer.Result any -> Optional.empty();
    };
  }

  @Override
  public List<Finding> check() {
    return switch (info()) {
      case CsrApi.Answer.Refusal(Failure failure) ->
          List.of(
              new Finding(
                  failure.code(), failure.detail(), "see that the API runs and can be reached"));
      case CsrApi.Answer.Result(JsonNode result) -> compare(result.path("certificate").asText());
    };
  }

  @Override
  public void close() {
    api.close();
  }

  private CsrApi.Answer info() {
    Map<String, Object> asked = new HashMap<>();
    asked.put("label", settings.label() == null ? "" : settings.label());
    return api.plain(settings.signing().resolve("info"), asked);
  }

  private Step issued(JsonNode result, Issuance state) {
    try {
      Chain leaf = Chain.fromPem(result.path("certificate").asText());
      return new Step.Advanced(new Issuance.Issued(leaf.with(aboveLeaf()), null));
    } catch (IllegalArgumentException e) {
      return new Step.Failed(
          state, new Failure.Transient("unreadable-answer", "the API returned no certificate"));
    }
  }

  private List<X509Certificate> aboveLeaf() {
    return settings.above().stream()
        .filter(each -> !each.getSubjectX500Principal().equals(each.getIssuerX500Principal()))
        .toList();
  }

  private List<Finding> compare(String pem) {
    try {
      Chain authority = Chain.fromPem(pem);
      if (settings.above().contains(authority.leaf())) {
        return List.of();
      }
      return List.of(
          new Finding(
              "other-authority",
              "the API signs with " + authority.leaf().getSubjectX500Principal(),
              "configure the certificate of that authority, if it is to be trusted"));
    } catch (IllegalArgumentException e) {
      return List.of(
          new Finding(
              "unreadable-answer", "the API shows no certificate", "see that it speaks CFSSL"));
    }
  }

  private static void put(Map<String, Object> map, String key, @Nullable String value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
