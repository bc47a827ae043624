/**
 * Rules that give hosts certificates: what they say, and which certificate each host has by them.
 */
@NullMarked
package dev.perch.certmon.assignment;

import org.jspecify.annotations.NullMarked;
