@NullMarked
package dev.perch.tsn.plan.proof;

import org.jspecify.annotations.NullMarked;
