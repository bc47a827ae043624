@NullMarked
package dev.perch.tsn.plan.lint;

import org.jspecify.annotations.NullMarked;
