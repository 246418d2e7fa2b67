# Flags every target shares. The sound must not depend on compiler or machine, so
# contraction into fused multiply-add is off and fast-math is never allowed.
find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(flac REQUIRED IMPORTED_TARGET flac)
pkg_check_modules(sndfile REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(lame REQUIRED IMPORTED_TARGET lame)
pkg_check_modules(opusenc REQUIRED IMPORTED_TARGET libopusenc)
pkg_check_modules(taglib REQUIRED IMPORTED_TARGET taglib)
find_library(MMX_HTS_ENGINE HTSEngine REQUIRED)

# flite comes without a pkg-config file. Only its lexicon is used.
find_library(MMX_FLITE_LEXICON flite_cmulex REQUIRED)
find_library(MMX_FLITE flite REQUIRED)
add_library(mmx_flite INTERFACE)
target_link_libraries(mmx_flite INTERFACE ${MMX_FLITE_LEXICON} ${MMX_FLITE})

add_library(mmx_flags INTERFACE)
target_compile_options(mmx_flags INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wconversion -Wno-sign-conversion
  -Wnon-virtual-dtor -Woverloaded-virtual -Wno-psabi
  -ffp-contract=off -fno-math-errno -fno-trapping-math)
target_include_directories(mmx_flags INTERFACE ${PROJECT_SOURCE_DIR}/src)

# GCC 12 sees overlapping copies in `"text" + std::string` at -O3 where there are none (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(mmx_flags INTERFACE -Wno-restrict)
endif()

# GCC builds for any x86-64 and picks AVX2 at run time. Clang 14 refuses to inline 256-bit vectors into such clones, so
# what it builds (fuzz targets, the comparison of compilers) asks for AVX2 outright.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(mmx_flags INTERFACE -mavx2 -mno-fma)
endif()

if(MMX_SANITIZE)
  target_compile_options(mmx_flags INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(mmx_flags INTERFACE -fsanitize=address,undefined)
endif()

if(MMX_FUZZ)
  target_compile_options(mmx_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

find_program(MMX_CCACHE ccache)
if(MMX_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${MMX_CCACHE})
endif()
find_program(MMX_MOLD mold)
if(MMX_MOLD)
  target_link_options(mmx_flags INTERFACE -fuse-ld=mold)
endif()
