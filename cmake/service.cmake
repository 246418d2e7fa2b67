# What only the service needs.
pkg_check_modules(sqlite REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(curl REQUIRED IMPORTED_TARGET libcurl)
pkg_check_modules(crypt REQUIRED IMPORTED_TARGET libxcrypt)
pkg_check_modules(zip REQUIRED IMPORTED_TARGET libzip)

# Boost is used as headers; its warnings are not ours.
find_path(MMX_BOOST_INCLUDE boost/beast/version.hpp REQUIRED)
add_library(mmx_beast INTERFACE)
target_include_directories(mmx_beast SYSTEM INTERFACE ${MMX_BOOST_INCLUDE})
target_link_libraries(mmx_beast INTERFACE Threads::Threads)

# The pages.
include(${CMAKE_CURRENT_LIST_DIR}/studio.cmake)

# The schema's numbered SQL files, carried in the program.
mmx_embed(mmx_schema ${PROJECT_SOURCE_DIR}/src/store/migrations mmx::store *.sql)
