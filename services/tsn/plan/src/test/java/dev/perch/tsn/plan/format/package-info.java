@NullMarked
package dev.perch.tsn.plan.format;

import org.jspecify.annotations.NullMarked;
