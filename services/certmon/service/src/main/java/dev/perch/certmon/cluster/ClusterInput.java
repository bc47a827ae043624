package dev.perch.certmon.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.certmon.credential.CredentialsInput;
import dev.perch.certmon.rule.Words;
import dev.perch.contract.Json;
import dev.perch.contract.certmon.Cluster;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import dev.perch.kit.web.Violation;
import dev.perch.kit.web.input.Fields;
import dev.perch.kit.web.input.Place;
import dev.perch.kit.web.input.Rule;
import dev.perch.kit.web.input.Rules;
import dev.perch.kit.web.input.Value;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How clusters come in: every violation of a body is found at once. */
final class ClusterInput {
  private static final Rule<ClusterCredentials> CREDENTIALS =
      CredentialsInput.rule(
          ClusterCredential.class,
          EnumSet.allOf(ClusterCredential.class),
          EnumSet.noneOf(ClusterCredential.class),
          ClusterCredentials::of);

  private ClusterInput() {}

  static ClusterSpec create(@Nullable JsonNode body) {
    return Fields.bind(body, fields -> spec(fields, true));
  }

  /** RFC 7396 merge patch of what an operator may change. */
  static ClusterSpec patch(Cluster cluster, @Nullable JsonNode patch) {
    ClusterSpec before = ClusterSpec.of(cluster);
    ClusterSpec after =
        Fields.bindPatch(Json.MAPPER.valueToTree(before), patch, fields -> spec(fields, false));
    if (!Objects.equals(after.siteId(), before.siteId())) {
      throw fixed("/siteId", "Make a new cluster: its site stays.");
    }
    if (!after.name().equals(before.name())) {
      throw fixed("/name", "Make a new cluster: targets of certificates name this one.");
    }
    return after;
  }

  private static ProblemException fixed(String field, String remedy) {
    return new Problem.Invalid(List.of(new Violation("cluster.fixed", field, null, remedy)))
        .asException();
  }

  private static Supplier<ClusterSpec> spec(Fields fields, boolean isNew) {
    Value<UUID> site = fields.optional("siteId", Rules.uuid());
    Value<String> name = fields.required("name", Rules.label());
    Value<String> description = fields.optional("description", Rules.text(0, 500));
    Value<Map<String, String>> labels = fields.optional("labels", Rules.labels());
    Value<URI> server = fields.required("server", Words.url(Set.of("https"), false));
    Value<String> anchors = fields.optional("anchors", Words.certificates());
    Value<ClusterCredentials> credentials =
        isNew
            ? fields.required("credentials", ClusterInput::credentials)
            : fields.optional("credentials", ClusterInput::credentials);
    fields.readOnly("id", "state", "failure", "version", "createdAt", "updatedAt");
    return () ->
        new ClusterSpec(
            site.orNull(),
            name.get(),
            description.orNull(),
            labels.orElse(Map.of()),
            server.get(),
            anchors.orNull(),
            credentials.orNull());
  }

  private static @Nullable ClusterCredentials credentials(JsonNode node, Place at) {
    ClusterCredentials given = CREDENTIALS.read(node, at);
    if (given == null) {
      return null;
    }
    try {
      var _ = given.credential();
      return given;
    } catch (IllegalArgumentException e) {
      at.refuse(
          "credentials.kind",
          null,
          "Give a token, or clientCertificate and the clientKey that belongs to it.");
      return null;
    }
  }
}
