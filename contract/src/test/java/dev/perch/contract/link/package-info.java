@NullMarked
package dev.perch.contract.link;

import org.jspecify.annotations.NullMarked;
