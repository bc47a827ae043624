package dev.perch.contract.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.perch.contract.Json;
import org.junit.jupiter.api.Test;

class FacetDigestTest {

  @Test
  void theOrderOfMembersAndWhiteSpaceDoNotCount() throws JsonProcessingException {
    assertThat(digest("{\"b\":[{\"y\":1,\"x\":2}],\"a\":\"é\"}"))
        .isEqualTo(digest("{ \"a\" : \"\\u00e9\", \"b\":[ {\"x\":2,\"y\":1}] }"))
        .matches("[0-9a-f]{32}");
  }

  @Test
  void theOrderOfElementsAndEveryValueCount() throws JsonProcessingException {
    assertThat(digest("{\"a\":[1,2]}")).isNotEqualTo(digest("{\"a\":[2,1]}"));
    assertThat(digest("{\"a\":1}")).isNotEqualTo(digest("{\"a\":\"1\"}"));
    assertThat(digest("{\"a\":null}")).isNotEqualTo(digest("{}"));
    assertThat(FacetDigest.of(FacetReport.unavailable("cpu", "a")))
        .isNotEqualTo(FacetDigest.of(FacetReport.unavailable("cpu", "b")));
  }

  private static String digest(String data) throws JsonProcessingException {
    return FacetDigest.of(FacetReport.of("cpu", Json.MAPPER.readTree(data)));
  }
}
