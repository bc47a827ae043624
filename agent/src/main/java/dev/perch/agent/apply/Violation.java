package dev.perch.agent.apply;

/**
 * Why a document cannot be applied.
 *
 * @param code for programs: {@code folder.not-allowed}
 * @param field of the spec, as an RFC 6901 pointer
 * @param found what was there
 * @param remedy what would help
 */
public record Violation(String code, String field, String found, String remedy) {}
