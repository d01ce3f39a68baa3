//! Tokens are kept by their hashes and their names are used once.

use crate::support::{database::on_both, env::TestEnv};
use domain::text::Sha256;
use store::Token;

#[tokio::test]
async fn a_token_is_found_by_its_hash_until_and_after_it_is_revoked() {
    on_both(async |database| {
        let env = TestEnv::new();
        let connected = database.connect(&env).await;
        let (hash, other) = (Sha256::of(b"secret"), Sha256::of(b"other"));
        assert!(connected.token_add("督查室", hash).await.unwrap());
        assert!(
            !connected.token_add("督查室", other).await.unwrap(),
            "the name is taken"
        );
        assert!(connected.token_add("a", other).await.unwrap());

        let made = Token {
            name: "督查室".to_owned(),
            created_at: env.now(),
            revoked_at: None,
        };
        assert_eq!(
            connected.token_find_by_hash(hash).await.unwrap(),
            Some(made.clone())
        );
        assert_eq!(
            connected
                .token_find_by_hash(Sha256::of(b"guess"))
                .await
                .unwrap(),
            None
        );
        assert!(connected.token_revoke("督查室").await.unwrap());
        assert!(
            !connected.token_revoke("督查室").await.unwrap(),
            "it is revoked already"
        );
        let revoked = Token {
            revoked_at: Some(env.now()),
            ..made
        };
        assert_eq!(
            connected.token_find_by_hash(hash).await.unwrap(),
            Some(revoked.clone())
        );
        assert_eq!(connected.token_list().await.unwrap()[1], revoked);
        assert!(
            !connected
                .token_add("督查室", Sha256::of(b"new"))
                .await
                .unwrap(),
            "a name is never used twice"
        );
    })
    .await;
}
