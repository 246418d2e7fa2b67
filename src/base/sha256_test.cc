#include "base/sha256.h"

#include <gtest/gtest.h>

namespace mmx::base {
namespace {

TEST(Sha256, Gives_the_digest_of_the_standards_example_in_any_portions) {
    Sha256 whole, parts;
    whole.add(std::string("abc"));
    parts.add(std::string("a"));
    parts.add(std::string("bc"));
    const std::string digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    EXPECT_EQ(whole.hex(), digest);
    EXPECT_EQ(parts.hex(), digest);
}

}  // namespace
}  // namespace mmx::base
