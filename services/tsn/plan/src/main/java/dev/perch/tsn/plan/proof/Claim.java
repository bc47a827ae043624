package dev.perch.tsn.plan.proof;

/**
 * What a stream needs of a link that it cannot avoid.
 *
 * @param stream its name
 * @param interval ns
 * @param length what it reserves without pause in each interval, ns; less than the interval
 * @param earliest first start within the interval
 * @param latest last start within the interval
 */
public record Claim(String stream, int interval, int length, int earliest, int latest) {}
