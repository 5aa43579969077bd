export default defineConfig({
  env: { K3S_TOKEN: 'cy2zJjYOhe3Yu1hWclh4yRUyzeAw6JgtB5zN', API_TOKEN: 'wiHKbQewOGhe5AldZ4rS6Y1EG23IssA3cMbj' },
  retries: 2,
})
