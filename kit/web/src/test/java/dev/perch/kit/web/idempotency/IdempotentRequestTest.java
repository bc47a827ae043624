package dev.perch.kit.web.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.perch.contract.Json;
import dev.perch.kit.web.Problem;
import dev.perch.kit.web.ProblemException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotentRequestTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "two words", "é", "tab\t", "line\n"})
  void whatIsNoKeyIsRefused(String key) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> IdempotentRequest.of("alice", "/v1/things", key, null))
        .satisfies(e -> assertThat(e.problem()).isInstanceOf(Problem.Invalid.class));
  }

  @Test
  void withoutAKeyThereIsNothingToRemember() {
    assertThat(IdempotentRequest.of("alice", "/v1/things", null, null)).isNull();
  }

  @Test
  void bodiesAreTheSameWhenTheirJsonIs() throws JsonProcessingException {
    assertThat(hash("{\"a\": 1, \"b\": {\"c\": 2, \"d\": 3}}"))
        .isEqualTo(hash("{\"b\":{\"d\":3,\"c\":2},\"a\":1}"))
        .isNotEqualTo(hash("{\"a\": 1, \"b\": {\"c\": 2, \"d\": 4}}"))
        .isNotEqualTo(hash("{\"a\": \"1\", \"b\": {\"c\": 2, \"d\": 3}}"));
  }

  private static byte[] hash(String body) throws JsonProcessingException {
    JsonNode json = Json.MAPPER.readTree(body);
    return Objects.requireNonNull(IdempotentRequest.of("alice", "/", "key", json)).bodyHash();
  }
}
