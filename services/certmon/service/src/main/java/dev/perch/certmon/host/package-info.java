/**
 * Certificates on hosts: documents for their agents, keys that are made there, what they report.
 */
@NullMarked
package dev.perch.certmon.host;

import org.jspecify.annotations.NullMarked;
