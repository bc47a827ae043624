package dev.perch.certmon.certificate;

import java.time.Duration;

/**
 * What holds for all certificates.
 *
 * @param look how often is looked for what is due, at least
 * @param keptRevisions so many of the newest can be rolled back to
 */
public record Policy(Duration look, int keptRevisions) {}
