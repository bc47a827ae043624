/** How fast issuers elsewhere are asked, and whether at all: limits that all replicas keep to. */
@NullMarked
package dev.perch.certmon.pace;

import org.jspecify.annotations.NullMarked;
