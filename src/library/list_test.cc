#include "library/list.h"

#include <algorithm>
#include <random>
#include <set>

#include "library/cursor.h"
#include "library/list_sql.h"
#include "library/test_library.h"
#include "library/words.h"

namespace mmx::library {
namespace {

using base::Kind;
using Titles = std::vector<std::string>;

class P05_History : public LibraryTest {
  protected:
    ListRequest asking(const std::string& q, std::string_view sort = "title") {
        ListRequest asked;
        asked.q = q;
        must(set_sort(asked, sort));
        return asked;
    }
};
INSTANTIATE_TEST_SUITE_P(On, P05_History, testing::ValuesIn(store::test_databases()), store::test_name);

TEST_P(P05_History, Is_the_newest_first_and_of_one_account_only) {
    order_song("anna", request("One"));
    order_song("ben", request("Other"));
    order_song("anna", request("Two"));
    EXPECT_EQ(titles("anna", {}), (Titles{"Two", "One"}));
    EXPECT_EQ(titles("ben", {}), Titles{"Other"});
    EXPECT_EQ(titles("nobody", {}), Titles{});
    for (const char* sort : {"created", "title", "duration"}) {
        EXPECT_EQ(titles("ben", asking("piano", sort)), Titles{"Other"});
        EXPECT_EQ(titles("ben", asking("one", sort)), Titles{});
    }
}

TEST_P(P05_History, Hides_another_account_s_song) {
    const std::string id = order_song("anna", request("One")).song_id;
    const auto read = [&](const std::string& account, const std::string& song_id) {
        return fresh_->read([&](store::Transaction& t) { return get(t, account, song_id); });
    };
    EXPECT_TRUE(read("anna", id));
    EXPECT_EQ(read("ben", id).error().kind, Kind::not_found);
    EXPECT_EQ(read("ben", id).error().tell_user, read("ben", "none").error().tell_user);
    EXPECT_EQ(write([&](store::Transaction& t) { return rename(t, "ben", id, "Mine"); }).error().kind,
              Kind::not_found);
    EXPECT_EQ(write([&](store::Transaction& t) { return remove(t, "ben", id); }).error().kind,
              Kind::not_found);
    EXPECT_EQ(write([&](store::Transaction& t) { return cancel(t, "ben", id); }).error().kind,
              Kind::not_found);
}

TEST_P(P05_History, Finds_folded_words_signs_and_the_beginning_of_the_last) {
    music::SongRequest asked = request("Árbol de la Vida", "calm piano, 東京の夜");
    asked.lyrics = "[Verse]\nDon't stop the marvellous machine";
    order_song("anna", asked);
    order_song("anna", request("Other", "fast rock"));
    for (const char* q : {"arbol", "ÁRBOL vida", "vid", "v", "ma", "mar", "marvellous MACH", "dont st", "東",
                          "京 夜", "\"calm piano\"", "piano, calm!", "de la v", "a"})
        EXPECT_EQ(titles("anna", asking(q)).at(0), "Árbol de la Vida") << q;
    for (const char* q : {"arbo vida", "machine rock", "大", "zzz", "marvellousx"})
        EXPECT_EQ(titles("anna", asking(q)), Titles{}) << q;
}

TEST_P(P05_History, Filters_by_state_genre_and_pin_with_and_without_words) {
    const std::string pinned = ready_song("anna", "Blue", 1000);
    ready_song("anna", "Green", 1000, "heavy metal");
    order_song("anna", request("Red", "heavy metal"));
    must(write([&](store::Transaction& t) { return pin(t, "anna", pinned, true); }));
    const std::string metal = song(order_song("anna", request("Grey", "heavy metal")).song_id).genre;
    for (const bool words : {false, true}) {
        ListRequest asked = asking("");
        asked.state = SongState::ready;
        asked.q = words ? "gr" : "";
        EXPECT_EQ(titles("anna", asked), words ? Titles{"Green"} : (Titles{"Blue", "Green"}));
        asked = asking(words ? "metal" : "");
        asked.genre = metal;
        EXPECT_EQ(titles("anna", asked), (Titles{"Green", "Grey", "Red"}));
        asked = asking(words ? "piano" : "");
        asked.pinned = true;
        EXPECT_EQ(titles("anna", asked), Titles{"Blue"});
        must(set_sort(asked, "-created"));
        EXPECT_EQ(titles("anna", asked), Titles{"Blue"});
        asked = asking(words ? "metal" : "", "-created");
        asked.pinned = false;
        asked.state = SongState::queued;
        EXPECT_EQ(titles("anna", asked), (Titles{"Grey", "Red"}));
    }
}

TEST_P(P05_History, Follows_a_rename_a_pin_and_a_deletion) {
    const std::string id = ready_song("anna", "Before");
    must(write([&](store::Transaction& t) { return rename(t, "anna", id, "After"); }));
    EXPECT_EQ(titles("anna", asking("before")), Titles{});
    EXPECT_EQ(titles("anna", asking("after")), Titles{"After"});
    EXPECT_EQ(write([&](store::Transaction& t) { return rename(t, "anna", id, ""); }).error().field, "title");
    EXPECT_EQ(write([&](store::Transaction& t) { return rename(t, "anna", id, std::string(201, 'x')); })
                  .error()
                  .field,
              "title");
    must(write([&](store::Transaction& t) { return remove(t, "anna", id); }));
    EXPECT_EQ(titles("anna", asking("after")), Titles{});
    EXPECT_EQ(titles("anna", asking("")), Titles{});
    expect_all_adds_up();
}

TEST_P(P05_History, Pages_show_every_song_once_while_others_are_added) {
    std::set<std::string> before;
    for (int i = 0; i < 23; ++i) {
        const std::string title = "Song " + std::to_string(i * 7 % 23 / 2);  // equal titles too
        order_song("anna", request(title + (i % 2 ? " b" : " a")));
    }
    ListRequest everything;
    everything.limit = 100;
    for (const Summary& one : must(list(*fresh_, "anna", everything)).songs) before.insert(one.id);
    for (const char* q : {"", "piano"})
        for (const char* sort : {"created", "-created", "title", "-title", "duration", "-duration"}) {
            ListRequest asked = asking(q, sort);
            asked.limit = 5;
            std::multiset<std::string> seen;
            for (;;) {
                const Page page = must(list(*fresh_, "anna", asked));
                for (const Summary& one : page.songs) seen.insert(one.id);
                if (page.next_cursor.empty()) break;
                asked.cursor = page.next_cursor;
                order_song("anna", request("Song 5 new"));
            }
            for (const std::string& id : before) EXPECT_EQ(seen.count(id), 1u) << q << " " << sort;
            EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size());
        }
}

TEST_P(P05_History, Orders_alike_by_every_way_of_searching) {
    std::mt19937 random(7);
    for (int i = 0; i < 40; ++i) {
        music::SongRequest asked = request("Tune " + std::to_string(random() % 30));
        asked.duration_seconds = 40 + static_cast<int>(random() % 5);
        order_song("anna", asked);
    }
    const std::int64_t account = number("SELECT number FROM library_accounts WHERE account_id = 'anna'");
    for (const Sort sort : {Sort::title, Sort::duration, Sort::created})
        for (const Direction direction : {Direction::ascending, Direction::descending}) {
            ListRequest asked;
            asked.sort = sort;
            asked.direction = direction;
            asked.q = "tune";
            asked.limit = 40;
            Asked all{GetParam(), "anna", asked, {}, match_text(GetParam(), {account, "tune", {}, "", {}}),
                      41};
            const auto ids = [&](const Statement& statement) {
                std::multiset<std::string> found;
                for (const auto& row : must(fresh_->query(statement.sql, statement.parameters)))
                    found.insert(row.text(1));
                return found;
            };
            EXPECT_EQ(ids(sort_matches(all)).size(), 40u);
            EXPECT_EQ(ids(test_along_order(all)), ids(sort_matches(all)));
            EXPECT_EQ(ids(walk_songs(all)), ids(sort_matches(all)));
            all.rows = 7;
            EXPECT_EQ(ids(test_along_order(all)), ids(sort_matches(all)));
            EXPECT_EQ(ids(walk_songs(all)), ids(sort_matches(all)));
        }
}

TEST_P(P05_History, Counts_exactly_and_carries_the_total_along) {
    for (int i = 0; i < 12; ++i) order_song("anna", request("Song " + std::to_string(i)));
    for (const char* q : {"", "song"}) {
        ListRequest asked = asking(q);
        asked.limit = 5;
        const Page first = must(list(*fresh_, "anna", asked));
        EXPECT_EQ(first.total, 12);
        EXPECT_TRUE(first.total_is_exact);
        asked.cursor = first.next_cursor;
        EXPECT_EQ(must(list(*fresh_, "anna", asked)).total, 12);
    }
}

TEST_P(P05_History, Pages_of_more_songs_than_are_ever_counted_know_their_total) {
    for (int i = 0; i < 3; ++i) order_song("anna", request("Song " + std::to_string(i)));
    // As if there were a hundred thousand more.
    must(fresh_->execute("UPDATE library_accounts SET songs = songs + 100000"));
    ListRequest asked = asking("");
    asked.limit = 2;
    const Page first = must(list(*fresh_, "anna", asked));
    asked.cursor = first.next_cursor;
    const Page second = must(list(*fresh_, "anna", asked));
    must(fresh_->execute("UPDATE library_accounts SET songs = songs - 100000"));
    EXPECT_EQ(first.total, 100'003);
    EXPECT_TRUE(first.total_is_exact);
    EXPECT_EQ(second.songs.size(), 1u);
    EXPECT_EQ(second.total, 100'003);
}

TEST_P(P05_History, Answers_hostile_questions_without_an_error) {
    order_song("anna", request("One"));
    for (const std::string& q :
         {std::string("\""), std::string("' OR 1=1 --"), std::string("a* AND (b NEAR c)"),
          std::string("words:one"), std::string("one\0two", 7), std::string("^one"), std::string("-one"),
          std::string("!!! ???"), std::string("one & ! | <-> two"), std::string("\\'"),
          std::string("=sready"), std::string("000001one"), std::string("{}[]()~*?%_"),
          std::string("AND OR NOT"), std::string("r&b 6/8 f#"), std::string(200, 'x'), std::string(199, '\''),
          std::string("\xcc\x81"), std::string("e\xcc\x81t\xc3\xa9")})
        for (const char* sort : {"title", "-created", "duration"}) {
            const auto page = list(*fresh_, "anna", asking(q, sort));
            EXPECT_TRUE(page) << q << ": " << page.error().tell_log;
        }
    std::string many;
    for (int i = 0; i < 66; ++i) many += "東";
    EXPECT_TRUE(list(*fresh_, "anna", asking(many)));
    EXPECT_EQ(list(*fresh_, "anna", asking(std::string(201, 'x'))).error().field, "q");
    EXPECT_EQ(list(*fresh_, "anna", asking("\xff\xfe")).error().field, "q");
    ListRequest asked;
    asked.genre = "pop' OR 'a'='a";
    EXPECT_EQ(list(*fresh_, "anna", asked).error().field, "genre");
    asked = {};
    asked.limit = 101;
    EXPECT_EQ(list(*fresh_, "anna", asked).error().field, "limit");
}

TEST_P(P05_History, Refuses_cursors_it_did_not_make) {
    for (int i = 0; i < 3; ++i) order_song("anna", request("Song " + std::to_string(i)));
    ListRequest asked = asking("");
    asked.limit = 1;
    const std::string good = must(list(*fresh_, "anna", asked)).next_cursor;
    for (const std::string& bad :
         {std::string("x"), good + "A", good.substr(0, good.size() - 1), std::string(1000, 'A'),
          std::string("../.."), base::to_base64url("t a -1 0 1 a"),
          base::to_base64url("t a 99999999999999999999 0 1 a"), base::to_base64url("t a 1 0 1"),
          base::to_base64url(std::string("t a 1 0 1 a\0b", 13)), base::to_base64url("t a 1 0 7 a"),
          base::to_base64url("t a 01 0 1 a"), base::to_base64url("t a 1 0 1 \xff")}) {
        asked.cursor = bad;
        const auto page = list(*fresh_, "anna", asked);
        ASSERT_FALSE(page) << bad;
        EXPECT_EQ(page.error().field, "cursor");
    }
    asked.cursor = good;
    EXPECT_TRUE(list(*fresh_, "anna", asked));
    must(set_sort(asked, "-title"));
    EXPECT_EQ(list(*fresh_, "anna", asked).error().field, "cursor");
    EXPECT_EQ(set_sort(asked, "price").error().field, "sort");
}

TEST_P(P05_History, Reads_no_table_from_end_to_end) {
    for (int i = 0; i < 3; ++i) order_song("anna", request("Song " + std::to_string(i)));
    const bool sqlite = GetParam() == store::Dialect::sqlite;
    std::vector<ListRequest> all;
    for (const char* sort : {"-created", "title", "-duration"})
        for (int filters = 0; filters < 8; ++filters) {
            ListRequest asked = asking("", sort);
            if (filters & 1) asked.state = SongState::ready;
            if (filters & 2) asked.genre = "pop";
            if (filters & 4) asked.pinned = true;
            all.push_back(asked);
        }
    for (const ListRequest& asked : all) {
        Asked plain{GetParam(), "anna", asked, {}, {}, 21};
        Asked words = plain;
        words.match = match_text(GetParam(), {1, "song piano", asked.state, asked.genre, asked.pinned});
        std::vector<Statement> statements = {walk_songs(plain), count(plain), sort_matches(words),
                                             test_along_order(words), count(words)};
        if (sqlite) statements.push_back(stream_matches(words));
        for (const Statement& statement : statements) {
            const auto plan = must(fresh_->read([&](store::Transaction& t) -> base::Result<std::string> {
                if (!sqlite) TRY_VOID(t.query("SELECT set_config('enable_seqscan', 'off', true)"));
                std::string text;
                for (const auto& row :
                     TRY(t.query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + statement.sql,
                                 statement.parameters)))
                    text += row.text(sqlite ? 3 : 0) + "\n";
                return text;
            }));
            EXPECT_EQ(plan.find("Seq Scan"), std::string::npos) << statement.sql << "\n" << plan;
            for (const char* table : {"SCAN s", "SCAN songs"})
                EXPECT_EQ(plan.find(std::string(table) + "\n"), std::string::npos) << statement.sql << "\n"
                                                                                   << plan;
        }
    }
}

}  // namespace
}  // namespace mmx::library
