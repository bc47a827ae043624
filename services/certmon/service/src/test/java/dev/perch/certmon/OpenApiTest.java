package dev.perch.certmon;

import dev.perch.kit.testkit.Generated;
import dev.perch.kit.testkit.Platform;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The build of the application under test has just written its OpenAPI document. */
@QuarkusTest
@WithTestResource(Platform.class)
@WithTestResource(SealKeys.class)
class OpenApiTest {

  @Test
  void theCommittedDocumentIsTheOneTheCodeMakes() throws IOException {
    String made = Files.readString(Path.of("target/openapi/openapi.yaml"));

    Generated.check(Path.of("../../../docs/openapi/certmon.yaml"), made);
  }
}
