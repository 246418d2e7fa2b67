# mmx_room(NAME USES rooms... LINK libraries...): every .cc in src/NAME (and its
# folders) that is not a test becomes the library mmx_NAME; the *_test.cc beside
# them become the program NAME_test. BATCHED: with MMX_UNITY its sources may be compiled several at a time, since no two
# of its files give the same name to different things. Most of a compiler's time goes into headers.
function(mmx_room name)
  cmake_parse_arguments(ROOM "BATCHED" "" "USES;LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cc)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  if(sources)
    add_library(mmx_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(mmx_${name} PRIVATE mmx_flags)
    if(ROOM_BATCHED)
      mmx_batched(mmx_${name})
    endif()
  else()
    add_library(mmx_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  foreach(room ${ROOM_USES})
    target_link_libraries(mmx_${name} ${scope} mmx_${room})
  endforeach()
  target_link_libraries(mmx_${name} ${scope} ${ROOM_LINK})
  target_include_directories(mmx_${name} ${scope} ${PROJECT_SOURCE_DIR}/src)
  set_property(GLOBAL APPEND PROPERTY MMX_ROOMS ${name})
  set_property(GLOBAL PROPERTY MMX_TESTS_OF_${name} "${tests}")
endfunction()

function(mmx_batched target)
  if(MMX_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6)
    # Both warn of batches and -Og where a file alone is clean: anonymous types, and variants GCC 12 loses sight of.
    target_compile_options(${target} PRIVATE -Wno-subobject-linkage -Wno-maybe-uninitialized)
  endif()
endfunction()
