package dev.perch.cli.certificate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.cli.Failure;
import dev.perch.cli.Perch;
import dev.perch.cli.output.Column;
import dev.perch.cli.output.Table;
import dev.perch.cli.resource.ListVerb;
import dev.perch.cli.rest.Call;
import dev.perch.cli.rest.Rest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perch certs list}. */
@Command(
    name = "list",
    description = "Shows certificates, in the order of their names.",
    footer = {
      "  perch certs list",
      "  perch certs list --issuer edge --state EXPIRED",
      "  perch certs list --watch"
    })
final class ListCertificates extends ListVerb {
  @Option(names = "--name", paramLabel = "PREFIX", description = "Whose name begins with it.")
  private @Nullable String name;

  @Option(
      names = {"-l", "--labels"},
      paramLabel = "SELECTOR",
      description = "As in Kubernetes: region=north,tier in (a,b),!spare.")
  private @Nullable String labels;

  @Option(names = "--issuer", paramLabel = "ISSUER", description = "Those of this issuer.")
  private @Nullable String issuer;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "PENDING, READY, EXPIRED or REVOKED.")
  private @Nullable String state;

  @Override
  protected Rest service(Perch perch) throws Failure {
    return Certmon.of(perch).rest();
  }

  @Override
  protected Call list(Perch perch) throws IOException, InterruptedException, Failure {
    return Call.get("/v1/certificates")
        .with("name", name)
        .with("labels", labels)
        .with("state", state)
        .with("issuer", issuer == null ? null : Certmon.of(perch).id("issuer", issuer));
  }

  @Override
  protected Call changes(Perch perch) {
    return Call.get("/v1/certificates");
  }

  @Override
  protected Table table(Perch perch, List<JsonNode> items) {
    return Table.of(
        Column.of("NAME", "/name"),
        Column.word("STATE", "/state"),
        Column.of("REVISION", "/revision/number"),
        Column.time("UNTIL", "/revision/notAfter"),
        Column.time("RENEWED", "/renewAt"),
        Column.of("FAILURE", "/failure/code"),
        Column.id("ID", "/id"));
  }
}
